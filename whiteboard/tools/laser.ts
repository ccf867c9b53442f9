import type { Tool } from './contract.ts'
import { PointLaserGesture } from './gestures/point-laser.ts'

export const laserTool: Tool = {
  id: 'laser',
  immediate: true,
  cursor: () => 'crosshair',
  drag: (start, context) => new PointLaserGesture(context, start),
}
