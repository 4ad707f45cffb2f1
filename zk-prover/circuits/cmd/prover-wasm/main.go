//go:build js && wasm

// Command prover-wasm is the library for a worker of a page: the calls of ABI.md, behind a third door. It gives the worker one function,
// bulwarkCall(Uint8Array), which answers with a Uint8Array. It reads keys through the file system that the worker gives it
// (globalThis.fs), which must answer at once, and computes on one thread, as everything there does.
package main

import (
	"syscall/js"

	"bulwark.io/circuits/boundary"
)

func main() {
	js.Global().Set("bulwarkCall", js.FuncOf(func(_ js.Value, arguments []js.Value) any {
		request := make([]byte, arguments[0].Length())
		js.CopyBytesToGo(request, arguments[0])
		answer := boundary.Call(request)
		array := js.Global().Get("Uint8Array").New(len(answer))
		js.CopyBytesToJS(array, answer)
		return array
	}))
	select {} // the worker calls as long as it lives
}
