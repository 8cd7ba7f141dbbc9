import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron'
import { channels, type Bridge } from './bridge.ts'

const bridge: Bridge = {
  launch: () => ipcRenderer.invoke(channels.launch) as ReturnType<Bridge['launch']>,
  chooseFolder: () =>
    ipcRenderer.invoke(channels.chooseFolder) as ReturnType<Bridge['chooseFolder']>,
  onMenu: (run) => {
    // The event carries the sender, which is not for the page to hold.
    const listen = (_: IpcRendererEvent, command: string) => run(command)
    ipcRenderer.on(channels.menu, listen)
    return () => void ipcRenderer.off(channels.menu, listen)
  },
  platform: process.platform,
}

contextBridge.exposeInMainWorld('patchbay', bridge)
