//go:build js && wasm

// Command verifier-wasm is the verification of proofs for pages: the same code as the library's, without the prover. It gives the page one
// object, bulwark, with verify(vk, proof, publicInputs) and sha256(bytes); all arguments are Uint8Array. verify answers null where the
// proof holds, else the refusal: {code, where}.
package main

import (
	"crypto/sha256"
	"syscall/js"

	"github.com/consensys/gnark/logger"

	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/verification"
)

// inputMax bounds one input, before anything is allocated for it: a key is the longest.
const inputMax = 1 << 16

func main() {
	logger.Disable()
	js.Global().Set("bulwark", map[string]any{
		"verify": js.FuncOf(func(_ js.Value, arguments []js.Value) any { return verify(arguments) }),
		"sha256": js.FuncOf(func(_ js.Value, arguments []js.Value) any { return digest(arguments) }),
	})
	select {} // the page calls as long as it is open
}

func verify(arguments []js.Value) (answer any) {
	defer func() {
		if recover() != nil {
			answer = refused(refusal.New(refusal.Internal, "INTERNAL", "library"))
		}
	}()
	var inputs [3][]byte
	for i, where := range []string{"vk", "proof", "public"} {
		content, err := input(arguments, i, where)
		if err != nil {
			return refused(err)
		}
		inputs[i] = content
	}
	if err := verification.Verify(inputs[0], inputs[1], inputs[2]); err != nil {
		return refused(err)
	}
	return nil
}

func digest(arguments []js.Value) any {
	content, err := input(arguments, 0, "bytes")
	if err != nil {
		return refused(err)
	}
	sum := sha256.Sum256(content)
	array := js.Global().Get("Uint8Array").New(len(sum))
	js.CopyBytesToJS(array, sum[:])
	return array
}

func input(arguments []js.Value, i int, where string) ([]byte, error) {
	if len(arguments) <= i || !arguments[i].InstanceOf(js.Global().Get("Uint8Array")) {
		return nil, refusal.New(refusal.Request, "WRONG_TYPE", "%s", where)
	}
	length := arguments[i].Length()
	if length > inputMax {
		return nil, refusal.New(refusal.Request, "WRONG_LENGTH", "%s", where)
	}
	content := make([]byte, length)
	js.CopyBytesToGo(content, arguments[i])
	return content, nil
}

func refused(err error) any {
	fault := refusal.Of(err)
	return map[string]any{"code": fault.Code, "where": fault.Where}
}
