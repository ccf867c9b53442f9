'use client'

import { KeyRound, Mail } from 'lucide-react'
import { useState } from 'react'
import { wordsFor } from '../lib/api.ts'
import { signInElsewhere } from '../lib/sign-in.ts'
import { Button } from './ui/button.tsx'
import { FormProblem } from './ui/text-field.tsx'

export interface Service {
  readonly id: string
  readonly name: string
  readonly kind: 'oauth' | 'email'
}

/** The ways in that this server's settings offer besides a password. */
export const OtherServices = ({
  services,
  callbackUrl,
  email,
}: {
  services: readonly Service[]
  callbackUrl: string
  /** Where to send a sign-in link; asked for when it is still empty. */
  email?: string
}) => {
  const [problem, setProblem] = useState<string | null>(null)
  if (services.length === 0) return null
  const go = async (service: Service) => {
    if (service.kind === 'email' && !email?.trim()) return setProblem('Type your e-mail address first.')
    setProblem(null)
    try {
      await signInElsewhere(service.id, callbackUrl, service.kind === 'email' ? email : undefined)
    } catch (failure) {
      setProblem(wordsFor(failure))
    }
  }
  return (
    <div className="mt-6 space-y-2">
      <div className="text-faint flex items-center gap-3 pb-2 text-sm">
        <span className="bg-line h-px flex-1" />
        or
        <span className="bg-line h-px flex-1" />
      </div>
      {services.map((service) => (
        <Button key={service.id} className="w-full" onClick={() => go(service)}>
          {service.kind === 'email' ? (
            <Mail aria-hidden className="text-soft size-4.5" />
          ) : (
            <KeyRound aria-hidden className="text-soft size-4.5" />
          )}
          {service.kind === 'email' ? 'E-mail me a sign-in link' : `Continue with ${service.name}`}
        </Button>
      ))}
      <FormProblem>{problem}</FormProblem>
    </div>
  )
}
