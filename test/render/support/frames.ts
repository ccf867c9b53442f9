/** Resolves in the next frame, after what was asked for before it has run. */
export const nextFrame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))
