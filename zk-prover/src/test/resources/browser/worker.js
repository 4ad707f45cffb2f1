// Opens a key and a table and proves, all inside the page's worker: the witness leaves it in no request.
const bytesOf = async (name) => new Uint8Array(await (await fetch(name)).arrayBuffer())

// The keys as Go's file system: what was fetched, by name, read at once.
const files = new Map()
const opened = new Map()
const FILE = 0o100644
const FOLDER = 0o040755
const stat = (path) => {
  const held = files.get(path)
  const folder = [...files.keys()].some((name) => name.startsWith(path + '/'))
  if (!held && !folder) return null
  const size = held ? held.length : 0
  const zeros = { dev: 0, ino: 0, nlink: 1, uid: 0, gid: 0, rdev: 0, blksize: 4096, blocks: 0, atimeMs: 0, mtimeMs: 0, ctimeMs: 0 }
  return { ...zeros, size, mode: held ? FILE : FOLDER, isDirectory: () => !held }
}
const absent = () => Object.assign(new Error('absent'), { code: 'ENOENT' })
const answer = (callback, value) => (value === null ? callback(absent()) : callback(null, value))
let next = 3
globalThis.fs = {
  constants: { O_WRONLY: 1, O_RDWR: 2, O_CREAT: 64, O_TRUNC: 512, O_APPEND: 1024, O_EXCL: 128, O_DIRECTORY: 65536 },
  open(path, flags, mode, callback) {
    if (!files.has(path)) return callback(absent())
    opened.set(next, { path, at: 0 })
    callback(null, next++)
  },
  stat: (path, callback) => answer(callback, stat(path)),
  lstat: (path, callback) => answer(callback, stat(path)),
  fstat: (fd, callback) => answer(callback, opened.has(fd) ? stat(opened.get(fd).path) : null),
  close(fd, callback) {
    opened.delete(fd)
    callback(null)
  },
  read(fd, buffer, offset, length, position, callback) {
    const file = opened.get(fd)
    const content = files.get(file.path)
    const from = position ?? file.at
    const part = content.subarray(from, Math.min(content.length, from + length))
    buffer.set(part, offset)
    if (position === null) file.at += part.length
    callback(null, part.length)
  },
  writeSync: (fd, buffer) => buffer.length,
  write: (fd, buffer, offset, length, position, callback) => callback(null, length),
}

importScripts('wasm_exec.js')

const joined = (...parts) => new Uint8Array(parts.flatMap((part) => [...part]))
// An answer is [0, handle]: what follows its first two bytes is the handle as the next call takes it.
const handle = (answered) => {
  if (answered[0] !== 0x82 || answered[1] !== 0) throw new Error('refused: ' + new TextDecoder().decode(answered))
  return answered.subarray(2)
}

const run = async () => {
  const times = {}
  let since = performance.now()
  const lap = (name) => {
    times[name] = performance.now() - since
    since = performance.now()
  }
  for (const name of (await (await fetch('keys.txt')).text()).trim().split('\n')) {
    files.set('/keys/' + name, await bytesOf('keys/' + name))
  }
  const [openCircuit, openTable, prove, request] = await Promise.all(['open-circuit', 'open-table', 'prove', 'request'].map(bytesOf))
  const go = new Go()
  const { instance } = await WebAssembly.instantiateStreaming(fetch('prover.wasm'), go.importObject)
  go.run(instance)
  lap('loadMillis')
  const circuit = handle(bulwarkCall(openCircuit))
  const table = handle(bulwarkCall(openTable))
  lap('openMillis')
  const answered = bulwarkCall(joined(prove, circuit, table, request))
  lap('proveMillis')
  return { ...times, memoryBytes: instance.exports.mem.buffer.byteLength, answer: btoa(String.fromCharCode(...answered)) }
}

run().then(postMessage, (fault) => setTimeout(() => { throw fault }))
