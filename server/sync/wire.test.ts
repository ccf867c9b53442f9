import * as decoding from 'lib0/decoding'
import { expect, test } from 'vitest'
import { FrameKind } from '../../whiteboard/collab/protocol.ts'
import { savedFrame } from './wire.ts'

test.each([0, 1, 127, 128, 300, 2 ** 14, 2 ** 31, 2 ** 40, Number.MAX_SAFE_INTEGER])(
  'the frame that says saved(%i) reads as it was meant (S50)',
  (frames) => {
    const decoder = decoding.createDecoder(savedFrame(frames))
    expect(decoding.readVarUint(decoder)).toBe(FrameKind.saved)
    expect(decoding.readVarUint(decoder)).toBe(frames)
    expect(decoding.hasContent(decoder)).toBe(false)
  },
)
