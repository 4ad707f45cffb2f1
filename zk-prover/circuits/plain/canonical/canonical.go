// Package canonical reads and writes the one canonical encoding: deterministic CBOR (RFC 8949 §4.2) of integers within int64, byte
// strings, text and arrays. A value has one form; any other form of it is refused.
//
// Takes: bytes from across the ABI. Gives: a tree of values that knows its own path, so that a refusal names the field.
// The first fault is kept and later reads give zero values, so a schema is read straight through and asked for its fault once.
package canonical

import (
	"bytes"
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/fxamacker/cbor/v2"

	"bulwark.io/circuits/refusal"
)

// itemsMax bounds an array: the largest legal one is a column of rows or a list of instruments.
const itemsMax = 1 << 17

var (
	decoding = must(cbor.DecOptions{
		DupMapKey: cbor.DupMapKeyEnforcedAPF, IndefLength: cbor.IndefLengthForbidden, TagsMd: cbor.TagsForbidden,
		IntDec: cbor.IntDecConvertSignedOrFail, MaxArrayElements: itemsMax, MaxNestedLevels: 32, UTF8: cbor.UTF8RejectInvalid,
	}.DecMode())
	encoding = must(cbor.CoreDetEncOptions().EncMode())
)

func must[M any](mode M, err error) M {
	if err != nil {
		panic(err)
	}
	return mode
}

// Encode writes a tree of int64, []byte, string and []any.
func Encode(tree any) []byte {
	encoded, err := encoding.Marshal(tree)
	if err != nil {
		panic(fmt.Sprintf("canonical tree expected: %v", err))
	}
	return encoded
}

// Document is one encoded value, and the first fault found in reading it.
type Document struct {
	class refusal.Class
	fault *refusal.Refusal
}

// Value is a place in a document.
type Value struct {
	document *Document
	parent   *Value
	name     string
	index    int
	content  any
}

// Decode reads encoded, whose faults belong to class, under the name that its fields' paths begin with. Non-canonical bytes are refused by encoding the tree again.
func Decode(encoded []byte, class refusal.Class, name string) (Value, *Document) {
	document := &Document{class: class}
	root := Value{document: document, name: name, index: -1}
	var tree any
	if err := decoding.Unmarshal(encoded, &tree); err != nil || !canonicalTree(tree) || !bytes.Equal(Encode(tree), encoded) {
		root.Refuse("NOT_CANONICAL")
		return root, document
	}
	root.content = tree
	return root, document
}

func canonicalTree(tree any) bool {
	switch content := tree.(type) {
	case int64, []byte, string:
		return true
	case []any:
		for _, item := range content {
			if !canonicalTree(item) {
				return false
			}
		}
		return true
	default:
		return false
	}
}

// Fault is the first fault found, or nil.
func (d *Document) Fault() error {
	if d.fault == nil {
		return nil
	}
	return d.fault
}

// Where is the path of the value in its document.
func (v Value) Where() string {
	switch {
	case v.parent == nil:
		return v.name
	case v.name == "":
		return fmt.Sprintf("%s[%d]", v.parent.Where(), v.index)
	default:
		return v.parent.Where() + "." + v.name
	}
}

// Fault is the first fault found in the document of this value, or nil.
func (v Value) Fault() error { return v.document.Fault() }

// Refuse notes a fault at this value; only the first of a document counts.
func (v Value) Refuse(code string) { v.RefuseAs(v.document.class, code) }

// RefuseAs notes a fault of another class than the document's.
func (v Value) RefuseAs(class refusal.Class, code string) {
	if v.document.fault == nil {
		v.document.fault = refusal.New(class, code, "%s", v.Where())
	}
}

// Items are the values of an array of any length.
func (v Value) Items() []Value {
	content, ok := v.content.([]any)
	if !ok {
		v.Refuse("WRONG_TYPE")
		return nil
	}
	items := make([]Value, len(content))
	for i := range content {
		items[i] = Value{document: v.document, parent: &v, index: i, content: content[i]}
	}
	return items
}

// Tuple are the values of an array with exactly these fields.
func (v Value) Tuple(names ...string) []Value {
	content, ok := v.content.([]any)
	if ok && len(content) != len(names) {
		v.Refuse("WRONG_LENGTH")
		content = nil
	} else if !ok {
		v.Refuse("WRONG_TYPE")
	}
	fields := make([]Value, len(names))
	for i, name := range names {
		fields[i] = Value{document: v.document, parent: &v, name: name, index: i}
		if content != nil {
			fields[i].content = content[i]
		}
	}
	return fields
}

// Schema are the fields of a versioned schema: an array of its name, its version and exactly these fields.
func (v Value) Schema(name string, version int64, names ...string) []Value {
	fields := v.Tuple(append([]string{"schema", "version"}, names...)...)
	if text, ok := fields[0].content.(string); !ok || text != name {
		fields[0].Refuse("WRONG_SCHEMA")
	}
	if number, ok := fields[1].content.(int64); !ok || number != version {
		fields[1].Refuse("WRONG_SCHEMA")
	}
	return fields[2:]
}

// Int is an integer within [least, greatest].
func (v Value) Int(least, greatest int64) int64 {
	number, ok := v.content.(int64)
	if !ok {
		v.Refuse("WRONG_TYPE")
		return 0
	}
	if number < least || number > greatest {
		v.Refuse("OUT_OF_RANGE")
		return 0
	}
	return number
}

// Bit is 0 or 1.
func (v Value) Bit() bool { return v.Int(0, 1) == 1 }

// Ints is an array of integers within [least, greatest].
func (v Value) Ints(least, greatest int64) []int64 {
	items := v.Items()
	numbers := make([]int64, len(items))
	for i, item := range items {
		numbers[i] = item.Int(least, greatest)
	}
	return numbers
}

// Text is a text.
func (v Value) Text() string {
	text, ok := v.content.(string)
	if !ok {
		v.Refuse("WRONG_TYPE")
	}
	return text
}

// Bytes is a byte string of any length.
func (v Value) Bytes() []byte {
	content, ok := v.content.([]byte)
	if !ok {
		v.Refuse("WRONG_TYPE")
	}
	return content
}

// Digest is a byte string of 32.
func (v Value) Digest() (digest [32]byte) {
	if content := v.Bytes(); len(content) == len(digest) {
		copy(digest[:], content)
	} else {
		v.Refuse("WRONG_LENGTH")
	}
	return digest
}

// Element is a field element: 32 bytes, big-endian, below r.
func (v Value) Element() (element fr.Element) {
	digest := v.Digest()
	if err := element.SetBytesCanonical(digest[:]); err != nil {
		v.Refuse("NOT_A_FIELD_ELEMENT")
	}
	return element
}

// Content is the tree below the value.
func (v Value) Content() any { return v.content }
