package verification

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"math"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/refusal"
)

// KeyFileBytesMax bounds a key file: the key, and the shape of its circuit with the structure of a table.
const KeyFileBytesMax = 1 << 16

// SignedLeast is the number of signed contributors from which a ceremony is one: what fewer made is judged as made by one machine.
const SignedLeast = 3

// contributorsMax bounds the contributions of a ceremony.
const contributorsMax = 1000

// KeyRecord says what a verifying key does not say of itself: circuit, shape, and who made it. Its SHA-256 is the key's identity, which
// proofs, lists and contracts name. It holds nothing that only provers need.
type KeyRecord struct {
	Circuit     string
	Shape       []any  // as in every request of the library
	Structure   []byte // risktable.Structure.Digest of a shape that opens a table; else empty
	Constraints int64
	System      [sha256.Size]byte // of the compiled circuit
	Vk          [sha256.Size]byte
	Origin      Origin
}

// Origin says who made a key: one machine, which could forge, or a ceremony.
type Origin struct {
	Ceremony     bool
	Transcript   [sha256.Size]byte
	Powers       [sha256.Size]byte // transcript of the powers that the second phase stands on
	Contributors int64             // of the second phase
	Signed       int64             // those whose signatures are by different keys
}

// Unsafe is the origin of keys that one machine made.
var Unsafe Origin

// Ceremony is the origin of keys that a verified ceremony made: transcripts of its second phase and of the powers, contributors of the
// second phase, and how many of them signed with keys of their own.
func Ceremony(transcript, powers [sha256.Size]byte, contributors, signed int64) Origin {
	return Origin{Ceremony: true, Transcript: transcript, Powers: powers, Contributors: contributors, Signed: signed}
}

// Safe says whether enough signed contributors stand behind a key that nobody alone could forge.
func (o Origin) Safe() bool { return o.Ceremony && o.Signed >= SignedLeast }

// String is the origin in words: it is counted, never claimed.
func (o Origin) String() string {
	switch {
	case !o.Ceremony:
		return "made on one machine, which could forge"
	case o.Signed < SignedLeast:
		return fmt.Sprintf("%d of %d contributors: as good as unsafe", o.Signed, SignedLeast)
	default:
		return fmt.Sprintf("ceremony of %d signed contributors, transcript %x", o.Signed, o.Transcript)
	}
}

func (o Origin) tree() []any {
	if !o.Ceremony {
		return []any{"unsafe"}
	}
	return []any{"ceremony", o.Transcript[:], o.Powers[:], o.Contributors, o.Signed}
}

func readOrigin(value canonical.Value) Origin {
	if items := value.Items(); len(items) == 1 {
		if items[0].Text() != "unsafe" {
			items[0].Refuse("OUT_OF_RANGE")
		}
		return Unsafe
	}
	f := value.Tuple("kind", "transcript", "powers", "contributors", "signed")
	if f[0].Text() != "ceremony" {
		f[0].Refuse("OUT_OF_RANGE")
	}
	origin := Ceremony(f[1].Digest(), f[2].Digest(), f[3].Int(1, contributorsMax), f[4].Int(0, contributorsMax))
	if origin.Signed > origin.Contributors {
		f[4].Refuse("OUT_OF_RANGE")
	}
	return origin
}

// Encode is the canonical encoding.
func (r KeyRecord) Encode() []byte { return canonical.Encode(r.tree()) }

func (r KeyRecord) tree() []any {
	structure := r.Structure
	if structure == nil {
		structure = []byte{}
	}
	return []any{"bulwark-key-record", int64(1), r.Circuit, r.Shape, structure, r.Constraints, r.System[:], r.Vk[:], r.Origin.tree()}
}

// Identity is the key identity: SHA-256 of the canonical encoding.
func (r KeyRecord) Identity() [sha256.Size]byte { return sha256.Sum256(r.Encode()) }

// ParseKeyRecord reads a record alone.
func ParseKeyRecord(encoded []byte) (KeyRecord, error) {
	if len(encoded) > KeyFileBytesMax {
		return KeyRecord{}, refusal.New(refusal.Form, "WRONG_LENGTH", "record")
	}
	root, document := canonical.Decode(encoded, refusal.Form, "record")
	if document.Fault() != nil {
		return KeyRecord{}, document.Fault()
	}
	record := readKeyRecord(root)
	return record, document.Fault()
}

func readKeyRecord(value canonical.Value) KeyRecord {
	f := value.Schema("bulwark-key-record", 1, "circuit", "shape", "structure", "constraints", "system", "vk", "origin")
	record := KeyRecord{Circuit: f[0].Text(), Structure: f[2].Bytes(), Constraints: f[3].Int(1, math.MaxInt32), System: f[4].Digest(), Vk: f[5].Digest(),
		Origin: readOrigin(f[6])}
	f[1].Items()
	if shape, ok := f[1].Content().([]any); ok {
		record.Shape = shape
	}
	if n := len(record.Structure); n != 0 && n != sha256.Size {
		f[2].Refuse("WRONG_LENGTH")
	}
	return record
}

// KeyFile is a verifying key as it travels: never without its record.
type KeyFile struct {
	Record KeyRecord
	Vk     []byte
}

// Encode is the file form.
func (k KeyFile) Encode() []byte {
	return canonical.Encode([]any{"bulwark-verifying-key", int64(1), k.Record.tree(), k.Vk})
}

// ParseKeyFile reads a key file. Bare bytes of a verifying key are refused: they say neither circuit nor maker, and may have been made on
// one machine. The key in it must be the record's.
func ParseKeyFile(content []byte) (KeyFile, error) {
	switch {
	case len(content) == verifyingKeySize:
		return KeyFile{}, refusal.New(refusal.Form, "KEY_WITHOUT_RECORD", "key")
	case len(content) > KeyFileBytesMax:
		return KeyFile{}, refusal.New(refusal.Form, "WRONG_LENGTH", "key")
	}
	root, document := canonical.Decode(content, refusal.Form, "key")
	if document.Fault() != nil {
		return KeyFile{}, document.Fault()
	}
	f := root.Schema("bulwark-verifying-key", 1, "record", "vk")
	file := KeyFile{Record: readKeyRecord(f[0]), Vk: f[1].Bytes()}
	if err := document.Fault(); err != nil {
		return KeyFile{}, err
	}
	if err := CheckKey(file.Vk); err != nil {
		return KeyFile{}, err
	}
	if digest := sha256.Sum256(file.Vk); !bytes.Equal(digest[:], file.Record.Vk[:]) {
		return KeyFile{}, refusal.New(refusal.Form, "KEY_DIGEST_DIFFERS", "key.vk")
	}
	return file, nil
}
