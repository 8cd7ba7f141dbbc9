import type { Bridge } from '../../src-main/shell/bridge.ts'

declare global {
  var patchbay: Bridge
}
