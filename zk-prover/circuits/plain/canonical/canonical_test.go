package canonical

import (
	"bytes"
	"testing"

	"bulwark.io/circuits/refusal"
)

func TestShouldRefuseEveryFormButTheCanonicalOne(t *testing.T) {
	for name, encoded := range map[string][]byte{
		"integer longer than needed": {0x18, 0x17}, "length longer than needed": {0x58, 0x01, 0x61}, "indefinite array": {0x9f, 0xff},
		"indefinite bytes": {0x5f, 0x41, 0x61, 0xff}, "map": {0xa0}, "tag": {0xc1, 0x00}, "null": {0xf6}, "true": {0xf5},
		"half float": {0xf9, 0x3c, 0x00}, "double": {0xfb, 0x3f, 0xf0, 0, 0, 0, 0, 0, 0}, "trailing byte": {0x00, 0x00}, "nothing": {},
		"cut short": {0x82, 0x01}, "integer of 2^63": {0x1b, 0x80, 0, 0, 0, 0, 0, 0, 0}, "text that is not UTF-8": {0x61, 0xff},
		"negative below −2^63": {0x3b, 0x80, 0, 0, 0, 0, 0, 0, 0}, "array of 2^62 items": {0x9b, 0x40, 0, 0, 0, 0, 0, 0, 0},
		"null inside": {0x81, 0xf6}, "simple value": {0xf8, 0x20},
	} {
		if _, document := Decode(encoded, refusal.Request, "x"); refusal.Of(document.Fault()).Code != "NOT_CANONICAL" {
			t.Errorf("%s: want NOT_CANONICAL, have %v", name, document.Fault())
		}
	}
}

func TestShouldReadWhatItWrote(t *testing.T) {
	tree := []any{"name", int64(1), int64(-1 << 63), int64(1<<63 - 1), []byte{1, 2}, []any{int64(0), int64(-1), []any{}}}
	encoded := Encode(tree)
	root, document := Decode(encoded, refusal.Request, "x")
	fields := root.Schema("name", 1, "least", "greatest", "bytes", "list")
	if fields[0].Int(-1<<63, 0) != -1<<63 || fields[1].Int(0, 1<<63-1) != 1<<63-1 || !bytes.Equal(fields[2].Bytes(), []byte{1, 2}) ||
		len(fields[3].Items()) != 3 || document.Fault() != nil {
		t.Fatalf("what is read must be what was written: %v", document.Fault())
	}
}

func TestShouldKeepTheFirstFaultWithItsPath(t *testing.T) {
	root, document := Decode(Encode([]any{[]any{int64(5), "x"}, int64(9)}), refusal.Request, "x")
	fields := root.Tuple("inner", "number")
	fields[0].Items()[1].Int(0, 1)
	fields[1].Int(0, 1)
	if fault := refusal.Of(document.Fault()); fault.Code != "WRONG_TYPE" || fault.Where != "x.inner[1]" {
		t.Fatalf("want WRONG_TYPE at x.inner[1], have %v", fault)
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(Encode([]any{"name", int64(1), []byte{1}, []any{}}))
	f.Fuzz(func(t *testing.T, encoded []byte) {
		root, document := Decode(encoded, refusal.Request, "x")
		if document.Fault() == nil && !bytes.Equal(Encode(root.Content()), encoded) {
			t.Fatal("what is accepted has one form")
		}
	})
}
