// The port, nothing else: lets the page exchange messages with main. Bundled as CommonJS for the sandbox.
export {}
