package verification

import (
	"bytes"
	_ "embed"
	"fmt"
	"strings"

	"github.com/consensys/gnark/backend/solidity"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/refusal"
)

// SolidityProofBytes is the length of a proof as a contract takes it: A, B, C, commitment and proof of knowledge, none compressed.
const SolidityProofBytes = 384

// solidityPragma: the least compiler version that the contracts beside the verifier take.
const solidityPragma = "^0.8.28"

// solidityAtOnce checks what gnark's verifyProof checks by one product of pairings instead of two, which saves 45,000 gas and costs 12,000.
// The equation of the commitment is raised to a weight and multiplied into that of the proof. If either is wrong, at most one weight of
// 2^128 makes the product 1, and the weight is a hash of the whole proof and its inputs: whoever looks for a proof that passes has 2^128
// attempts before him. All points are of the group of order r, which the precompiles check, so nothing of small order cancels.
//
//go:embed atonce.sol
var solidityAtOnce string

// ParseSolidity reads the request of a Solidity verifier: a key file.
func ParseSolidity(encoded []byte) (key KeyFile, err error) {
	root, document := canonical.Decode(encoded, refusal.Request, "solidity")
	if document.Fault() != nil {
		return key, document.Fault()
	}
	file := root.Schema("bulwark-solidity", 2, "key")[0].Bytes()
	if err := document.Fault(); err != nil {
		return key, err
	}
	return ParseKeyFile(file)
}

// ExportSolidity writes the Solidity verifier of a key. What the contract says of itself comes from the key's record alone: which key it is,
// which statements are of its circuit, and whether enough signed contributors made it. A registry asks it, so that this travels inside the
// code that its quorum signs. A circuit without a statement of its own has no verifier: rehearsals prove nothing.
func ExportSolidity(key KeyFile) ([]byte, error) {
	tags := key.Record.Tags()
	if len(tags) == 0 {
		return nil, refusal.New(refusal.Form, "KEY_OF_NO_STATEMENT", "record.circuit")
	}
	var set uint64
	for _, tag := range tags {
		set |= 1 << tag
	}
	verifying, err := readKey(key.Vk)
	if err != nil {
		return nil, err
	}
	label := fmt.Sprintf("    /// SHA-256 of the key record: circuit, shape and maker of the key.\n    bytes32 public constant KEY_IDENTITY = 0x%x;\n\n"+
		"    /// SHA-256 of the verifying key.\n    bytes32 public constant KEY_SHA256 = 0x%x;\n\n"+
		"    /// Statements of circuit %s: bit t for tag t.\n    uint256 public constant KEY_TAGS = %d;\n\n"+
		"    /// Whether fewer than %d signed contributors made the key, so that one party may be able to forge every proof under it.\n"+
		"    bool public constant KEY_UNSAFE = %t;", key.Record.Identity(), key.Record.Vk, key.Record.Circuit, set, SignedLeast, !key.Record.Origin.Safe())
	var contract bytes.Buffer
	if err := verifying.ExportSolidity(&contract, solidity.WithPragmaVersion(solidityPragma), solidity.WithConstants(strings.NewReader(label)),
		solidity.WithFunctions(strings.NewReader(solidityAtOnce))); err != nil {
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
