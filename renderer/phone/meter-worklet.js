// Runs in the audio thread: the RMS of every 20 ms of sound, posted with the time of its last sample.
// Plain JavaScript in a file of its own, because it is loaded by address (Content-Security-Policy: script-src 'self').
/* global AudioWorkletProcessor, registerProcessor, sampleRate, currentFrame */

class Meter extends AudioWorkletProcessor {
  constructor() {
    super()
    this.length = Math.round(sampleRate / 50)
    this.count = 0
    this.sum = 0
    this.live = true
    this.port.onmessage = () => {
      this.live = false
    }
  }

  process(inputs) {
    const channel = inputs[0]?.[0]
    const size = channel?.length ?? 128
    for (let i = 0; i < size; i++) {
      const sample = channel ? channel[i] : 0
      this.sum += sample * sample
      this.count += 1
      if (this.count === this.length) {
        this.port.postMessage([Math.sqrt(this.sum / this.length), (currentFrame + i + 1) / sampleRate])
        this.count = 0
        this.sum = 0
      }
    }
    return this.live
  }
}

registerProcessor('companion-meter', Meter)
