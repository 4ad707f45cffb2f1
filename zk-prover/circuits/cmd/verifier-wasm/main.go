//go:build js && wasm

// Command verifier-wasm is the verification of proofs for pages: the same code as the library's, without the prover. It gives the page one
// object, bulwark, with judge(proof, keys, house, expected), verify(vk, proof, publicInputs) and sha256(bytes); bytes are Uint8Array.
//
// judge takes a proof file, an array of key files, a house file (empty: none) and the JSON of what the verifier expects, all as bytes, and
// answers the judgement, or {code, where} where what was handed in is at fault. verify answers null where the pairing holds, which alone says
// nothing, else {code, where}.
package main

import (
	"crypto/sha256"
	"encoding/hex"
	"syscall/js"

	"github.com/consensys/gnark/logger"

	"bulwark.io/circuits/refusal"
	"bulwark.io/circuits/verification"
)

// inputMax bounds one input, before anything is allocated for it: a key is the longest.
const inputMax = 1 << 16

// keysMax bounds the key files of one judgement.
const keysMax = 64

func main() {
	logger.Disable()
	js.Global().Set("bulwark", map[string]any{
		"judge":  js.FuncOf(func(_ js.Value, arguments []js.Value) any { return judge(arguments) }),
		"verify": js.FuncOf(func(_ js.Value, arguments []js.Value) any { return verify(arguments) }),
		"sha256": js.FuncOf(func(_ js.Value, arguments []js.Value) any { return digest(arguments) }),
	})
	select {} // the page calls as long as it is open
}

func judge(arguments []js.Value) (answer any) {
	defer func() {
		if recover() != nil {
			answer = refused(refusal.New(refusal.Internal, "INTERNAL", "library"))
		}
	}()
	proof, err := input(arguments, 0, "proof", inputMax)
	if err != nil {
		return refused(err)
	}
	if len(arguments) < 2 || !arguments[1].InstanceOf(js.Global().Get("Array")) || arguments[1].Length() > keysMax {
		return refused(refusal.New(refusal.Request, "WRONG_TYPE", "keys"))
	}
	keys := make([][]byte, arguments[1].Length())
	for i := range keys {
		if keys[i], err = input([]js.Value{arguments[1].Index(i)}, 0, "keys", inputMax); err != nil {
			return refused(err)
		}
	}
	house, err := input(arguments, 2, "house", verification.HouseBytesMax)
	if err != nil {
		return refused(err)
	}
	text, err := input(arguments, 3, "expected", verification.ExpectationBytesMax)
	if err != nil {
		return refused(err)
	}
	expected, err := verification.ParseExpectedText(text)
	if err != nil {
		return refused(err)
	}
	judgement, err := verification.Judge(proof, keys, house, expected)
	if err != nil {
		return refused(err)
	}
	return shown(judgement)
}

// shown is a judgement as an object of the page.
func shown(j verification.Judgement) any {
	pins := make([]any, len(j.Pins))
	for i, pin := range j.Pins {
		pins[i] = map[string]any{"name": pin.Name, "state": pin.State.String(), "words": pin.Words}
	}
	inputs := make([]any, len(j.Public))
	for i, element := range j.Public {
		encoded := element.Bytes()
		inputs[i] = hex.EncodeToString(encoded[:])
	}
	return map[string]any{"outcome": string(j.Outcome), "first": j.First(), "sentence": j.Sentence, "reason": j.Reason, "pins": pins, "origin": j.Origin,
		"circuit": j.Circuit, "key": hex.EncodeToString(j.Key[:]), "publicInputs": inputs, "epoch": float64(j.Epoch), "asOf": j.AsOf}
}

func verify(arguments []js.Value) (answer any) {
	defer func() {
		if recover() != nil {
			answer = refused(refusal.New(refusal.Internal, "INTERNAL", "library"))
		}
	}()
	var inputs [3][]byte
	for i, where := range []string{"vk", "proof", "public"} {
		content, err := input(arguments, i, where, inputMax)
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
	content, err := input(arguments, 0, "bytes", inputMax)
	if err != nil {
		return refused(err)
	}
	sum := sha256.Sum256(content)
	array := js.Global().Get("Uint8Array").New(len(sum))
	js.CopyBytesToJS(array, sum[:])
	return array
}

func input(arguments []js.Value, i int, where string, most int) ([]byte, error) {
	if len(arguments) <= i || !arguments[i].InstanceOf(js.Global().Get("Uint8Array")) {
		return nil, refusal.New(refusal.Request, "WRONG_TYPE", "%s", where)
	}
	length := arguments[i].Length()
	if length > most {
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
