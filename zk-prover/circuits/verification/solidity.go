package verification

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"strings"

	"github.com/consensys/gnark/backend/solidity"

	"bulwark.io/circuits/canonical"
	"bulwark.io/circuits/refusal"
)

// SolidityProofBytes is the length of a proof as a contract takes it: A, B, C, commitment and proof of knowledge, none compressed.
const SolidityProofBytes = 384

// solidityPragma: the least compiler version that the contracts beside the verifier take.
const solidityPragma = "^0.8.28"

// ParseSolidity reads the request of a Solidity verifier: the verifying key, and 1 where one party made it.
func ParseSolidity(encoded []byte) (vk []byte, unsafe bool, err error) {
	root, document := canonical.Decode(encoded, refusal.Request, "solidity")
	if document.Fault() != nil {
		return nil, false, document.Fault()
	}
	fields := root.Schema("bulwark-solidity", 1, "vk", "unsafe")
	vk, unsafe = fields[0].Bytes(), fields[1].Int(0, 1) == 1
	return vk, unsafe, document.Fault()
}

// ExportSolidity writes the Solidity verifier of a verifying key. The contract says which key it is of and whether one party made it: a
// registry asks it, so that the label travels inside the code that its quorum signs.
func ExportSolidity(vk []byte, unsafe bool) ([]byte, error) {
	verifying, err := readKey(vk)
	if err != nil {
		return nil, err
	}
	label := fmt.Sprintf("    /// SHA-256 of the verifying key.\n    bytes32 public constant KEY_SHA256 = 0x%x;\n\n"+
		"    /// Whether one party made the key, who could forge every proof under it.\n    bool public constant KEY_UNSAFE = %t;", sha256.Sum256(vk), unsafe)
	var contract bytes.Buffer
	if err := verifying.ExportSolidity(&contract, solidity.WithPragmaVersion(solidityPragma), solidity.WithConstants(strings.NewReader(label))); err != nil {
		return nil, refusal.New(refusal.Form, "BAD_KEY", "vk")
	}
	return bytes.TrimLeft(contract.Bytes(), "\n"), nil
}

// SolidityProof is a proof as a contract takes it.
func SolidityProof(proof []byte) ([]byte, error) {
	decoded, err := readProof(proof)
	if err != nil {
		return nil, err
	}
	return decoded.MarshalSolidity(), nil
}
