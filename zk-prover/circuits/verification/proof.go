package verification

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"strings"
	"unicode"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"

	"bulwark.io/circuits/plain/publicinput"
	"bulwark.io/circuits/refusal"
)

// ProofFileBytesMax bounds a proof file.
const ProofFileBytesMax = 1 << 16

// ProofFile is a proof with what it shows, and the identity of the key that it belongs to.
type ProofFile struct {
	Key    [sha256.Size]byte
	Proof  []byte
	Public [publicinput.Count]fr.Element
}

// publicBytes are the public inputs as Verify takes them.
func (p ProofFile) publicBytes() []byte {
	encoded := make([]byte, 0, PublicBytes)
	for _, input := range p.Public {
		element := input.Bytes()
		encoded = append(encoded, element[:]...)
	}
	return encoded
}

// proofFile is the JSON of a proof file.
type proofFile struct {
	Format       string `json:"format"`
	Version      int64  `json:"version"`
	Key          string `json:"key"`
	Proof        string `json:"proof"`
	PublicInputs struct {
		Seal      string `json:"seal"`
		Challenge string `json:"challenge"`
		Scope     string `json:"scope"`
		Nullifier string `json:"nullifier"`
		Statement string `json:"statement"`
	} `json:"publicInputs"`
}

// ParseProofFile reads a proof file: exactly its fields, bytes in lower-case hexadecimal.
func ParseProofFile(content []byte) (parsed ProofFile, err error) {
	var file proofFile
	if len(content) > ProofFileBytesMax {
		return parsed, refusal.New(refusal.Form, "WRONG_LENGTH", "proof")
	}
	if strictJSON(content, &file) != nil || file.Format != "bulwark-proof" || file.Version != 2 {
		return parsed, refusal.New(refusal.Form, "BAD_PROOF_FILE", "proof")
	}
	key, ok := lowerHex(file.Key, sha256.Size)
	if !ok {
		return parsed, refusal.New(refusal.Form, "WRONG_LENGTH", "proof.key")
	}
	parsed.Key = [sha256.Size]byte(key)
	if parsed.Proof, ok = lowerHex(file.Proof, ProofBytes); !ok {
		return parsed, refusal.New(refusal.Form, "WRONG_LENGTH", "proof.proof")
	}
	var public []byte
	for _, input := range []struct{ name, text string }{{"seal", file.PublicInputs.Seal}, {"challenge", file.PublicInputs.Challenge},
		{"scope", file.PublicInputs.Scope}, {"nullifier", file.PublicInputs.Nullifier}, {"statement", file.PublicInputs.Statement}} {
		element, ok := lowerHex(input.text, fr.Bytes)
		if !ok {
			return parsed, refusal.New(refusal.Form, "WRONG_LENGTH", "proof.publicInputs.%s", input.name)
		}
		public = append(public, element...)
	}
	if err := checkForm(parsed.Proof, public); err != nil {
		return parsed, err
	}
	inputs, err := decodePublic(public)
	if err != nil {
		return parsed, err
	}
	copy(parsed.Public[:], inputs)
	return parsed, nil
}

// lowerHex reads exactly so many bytes in lower-case hexadecimal.
func lowerHex(text string, length int) ([]byte, bool) {
	content, err := hex.DecodeString(text)
	return content, err == nil && len(content) == length && hex.EncodeToString(content) == text
}

// strictJSON reads one JSON object with the fields of into and no others, each once: a reader that takes the first of two and one that takes
// the last would judge different proofs.
func strictJSON(content []byte, into any) error {
	if err := eachNameOnce(json.NewDecoder(bytes.NewReader(content))); err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(content))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(into); err != nil {
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("more than one value")
	}
	return nil
}

var errNotStrict = errors.New("a name twice, or too deep")

// deepest nesting of a file that is judged.
const deepest = 8

func eachNameOnce(decoder *json.Decoder) error {
	type level struct {
		names  map[string]bool // nil in an array
		isName bool            // the next token is a name
	}
	var levels []level
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		top := len(levels) - 1
		delimiter, _ := token.(json.Delim)
		switch {
		case delimiter == '}' || delimiter == ']':
			levels = levels[:top]
			top--
		case top >= 0 && levels[top].isName:
			text, _ := token.(string)
			name := strings.ToLower(text) // the decoder does not tell cases apart
			if levels[top].names[name] || strings.ContainsFunc(name, func(r rune) bool { return r > unicode.MaxASCII }) {
				return errNotStrict
			}
			levels[top].names[name], levels[top].isName = true, false
			continue
		case delimiter == '{':
			levels = append(levels, level{names: map[string]bool{}, isName: true})
			if len(levels) > deepest {
				return errNotStrict
			}
			continue
		case delimiter == '[':
			levels = append(levels, level{})
			if len(levels) > deepest {
				return errNotStrict
			}
			continue
		}
		if top >= 0 && levels[top].names != nil {
			levels[top].isName = true
		}
	}
}
