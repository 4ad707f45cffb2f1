package boundary

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"testing"

	"bulwark.io/circuits/plain/canonical"
)

func TestShouldAnswerEveryFrameUnderItsNumber(t *testing.T) {
	var in bytes.Buffer
	for number := range uint64(40) {
		in.Write(frame(number, canonical.Encode([]any{"hash", int64(10), make([]byte, 32*number)})))
	}
	answers, writer := io.Pipe()
	defer answers.Close()
	served := make(chan error, 1)
	go func() { served <- Serve(&in, writer) }()
	seen := map[uint64][]byte{}
	for range 40 {
		number, answer, err := readFrame(answers)
		if err != nil {
			t.Fatal(err)
		}
		seen[number] = answer
	}
	for number := range uint64(40) {
		want := Call(canonical.Encode([]any{"hash", int64(10), make([]byte, 32*number)}))
		if !bytes.Equal(seen[number], want) {
			t.Errorf("call %d: want %x, have %x", number, want, seen[number])
		}
	}
	if err := <-served; err != nil {
		t.Errorf("the end of the calls is the end of the work, no fault: %v", err)
	}
}

func TestShouldRefuseAFrameBeforeMakingRoomForIt(t *testing.T) {
	longest := uint32(numberBytes + CallBytesMax)
	for name, begin := range map[string][]byte{
		"too long":  binary.BigEndian.AppendUint32(nil, longest+1),
		"no number": binary.BigEndian.AppendUint32(nil, numberBytes-1),
		"negative":  {0xff, 0xff, 0xff, 0xff},
	} {
		if err := Serve(bytes.NewReader(append(begin, make([]byte, 64)...)), io.Discard); !errors.Is(err, errFrame) {
			t.Errorf("%s: want %v, have %v", name, errFrame, err)
		}
	}
	whole := frame(1, []byte("whole"))
	for cut := 1; cut < len(whole); cut++ {
		if err := Serve(bytes.NewReader(whole[:cut]), io.Discard); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("cut at %d: want %v, have %v", cut, io.ErrUnexpectedEOF, err)
		}
	}
}

func TestShouldRefuseACallThatIsNone(t *testing.T) {
	for name, test := range map[string]struct {
		call []byte
		code string
	}{
		"nothing":           {nil, "NOT_CANONICAL"},
		"no array":          {canonical.Encode("hash"), "WRONG_TYPE"},
		"no function":       {canonical.Encode([]any{}), "WRONG_LENGTH"},
		"no such function":  {canonical.Encode([]any{"sign"}), "UNKNOWN_FUNCTION"},
		"a number for it":   {canonical.Encode([]any{int64(7)}), "WRONG_TYPE"},
		"too few arguments": {canonical.Encode([]any{"hash", int64(10)}), "WRONG_LENGTH"},
		"too many":          {canonical.Encode([]any{"version", int64(10)}), "WRONG_LENGTH"},
		"one byte too long": {append(canonical.Encode([]any{"version"}), 0), "NOT_CANONICAL"},
		"another type":      {canonical.Encode([]any{"tree-open", "4"}), "WRONG_TYPE"},
		"half an element":   {canonical.Encode([]any{"hash", int64(10), make([]byte, 33)}), "WRONG_LENGTH"},
		"too many elements": {canonical.Encode([]any{"hash", int64(10), make([]byte, 32*(hashElementsMax+1))}), "WRONG_LENGTH"},
		"a long table":      {canonical.Encode([]any{"table-open", make([]byte, tableBytesMax+1)}), "WRONG_LENGTH"},
		"a long account":    {canonical.Encode([]any{"account-leaf", make([]byte, requestBytesMax+1)}), "WRONG_LENGTH"},
	} {
		class, answer := outcome(t, Call(test.call))
		if class != -1 || answer[0] != test.code {
			t.Errorf("%s: want −1 %s, have %d %v", name, test.code, class, answer)
		}
	}
}

func TestShouldRecoverFromAFailureInside(t *testing.T) {
	functions["fail"] = function{nil, func([]canonical.Value) (any, error) { panic("a value that must not leave") }}
	defer delete(functions, "fail")
	answer := Call(canonical.Encode([]any{"fail"}))
	if class, refused := outcome(t, answer); class != -99 || refused[0] != "INTERNAL" || bytes.Contains(answer, []byte("value")) {
		t.Errorf("want −99 INTERNAL and no value, have %d %v", class, refused)
	}
}
