import captureUrl from './capture.worklet.ts?worker&url'
import { createTakeRecorder, type OpenMicrophone } from './take-recorder.ts'

/** As it is: what makes calls pleasant (echo, noise, level) would spoil a take. */
const untouched: MediaTrackConstraints = {
  channelCount: 1,
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
}

const openMicrophone: OpenMicrophone = async ({ hear, lost }) => {
  // Missing on a page that was not served from this machine and not by HTTPS.
  if (!('mediaDevices' in navigator)) {
    throw new Error('This page may not record: open it on the machine itself, or over HTTPS.')
  }
  const stream = await navigator.mediaDevices.getUserMedia({ audio: untouched })
  const context = new AudioContext()
  const close = () => {
    for (const track of stream.getTracks()) track.stop()
    void context.close()
  }
  try {
    await context.audioWorklet.addModule(captureUrl)
    const node = new AudioWorkletNode(context, 'patchbay-capture', {
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: 'explicit',
    })
    node.port.onmessage = ({ data }: MessageEvent<Float32Array>) => hear(data)
    for (const track of stream.getTracks()) track.onended = lost
    context.createMediaStreamSource(stream).connect(node)
    await context.resume()
    return { sampleRateHz: context.sampleRate, close }
  } catch (error) {
    close()
    throw error
  }
}

/** One microphone for the whole app. */
export const takeRecorder = createTakeRecorder(openMicrophone)
