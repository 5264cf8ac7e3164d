// Runs in the audio thread: the RMS of every 20 ms of sound, posted with the wall time of its last sample. Stamped here,
// because the page may be busy when the message comes; and not counted in frames, because some are lost under load.
// Plain JavaScript in a file of its own, because it is loaded by address (Content-Security-Policy: script-src 'self').
/* global AudioWorkletProcessor, registerProcessor, sampleRate */

class Meter extends AudioWorkletProcessor {
  constructor() {
    super()
    this.length = Math.round(sampleRate / 50)
    this.count = 0
    this.sum = 0
    /** Number of the use it measures for; 0 while it rests. */
    this.use = 0
    this.port.onmessage = ({ data }) => {
      this.use = data
      this.count = 0
      this.sum = 0
    }
  }

  process(inputs) {
    if (this.use === 0) return true
    const channel = inputs[0]?.[0]
    const size = channel?.length ?? 128
    for (let i = 0; i < size; i++) {
      const sample = channel ? channel[i] : 0
      this.sum += sample * sample
      this.count += 1
      if (this.count === this.length) {
        this.port.postMessage([this.use, Math.sqrt(this.sum / this.length), Date.now()])
        this.count = 0
        this.sum = 0
      }
    }
    return true
  }
}

registerProcessor('companion-meter', Meter)
