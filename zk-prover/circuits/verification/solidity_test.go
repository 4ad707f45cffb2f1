package verification

import (
	"bytes"
	"testing"

	"bulwark.io/circuits/plain/canonical"
	"bulwark.io/circuits/refusal"
)

func TestShouldRefuseToExportWhatIsNoKeyAndNoProof(t *testing.T) {
	zeros := make([]byte, verifyingKeySize)
	for _, c := range []struct {
		code string
		vk   []byte
	}{{"WRONG_LENGTH", nil}, {"WRONG_LENGTH", zeros[1:]}, {"BAD_KEY", zeros}} {
		if _, err := ExportSolidity(KeyFile{Record: KeyRecord{Circuit: "account"}, Vk: c.vk}); refusal.Of(err).Code != c.code {
			t.Errorf("want %s, have %v", c.code, err)
		}
	}
	for _, c := range []struct {
		code  string
		proof []byte
	}{{"WRONG_LENGTH", nil}, {"BAD_PROOF", make([]byte, ProofBytes)}, {"BAD_PROOF", bytes.Repeat([]byte{0xff}, ProofBytes)}} {
		if _, err := SolidityProof(c.proof); refusal.Of(err).Code != c.code {
			t.Errorf("want %s, have %v", c.code, err)
		}
	}
	if _, err := ParseSolidity([]byte{0x80}); err == nil {
		t.Error("a request of no fields must be refused")
	}
	bare := canonical.Encode([]any{"bulwark-solidity", int64(2), zeros})
	if _, err := ParseSolidity(bare); refusal.Of(err).Code != "KEY_WITHOUT_RECORD" {
		t.Errorf("a key without its record must be refused; have %v", err)
	}
}

// A verifier of what says nothing would make a registry's tag comparison worthless.
func TestShouldWriteNoVerifierOfACircuitWithoutStatements(t *testing.T) {
	for _, circuit := range []string{"rehearsal", "", "Account", "account "} {
		key := KeyFile{Record: KeyRecord{Circuit: circuit, Origin: Ceremony([32]byte{}, [32]byte{}, 5, 5)}}
		if _, err := ExportSolidity(key); refusal.Of(err).Code != "KEY_OF_NO_STATEMENT" {
			t.Errorf("%q: have %v", circuit, err)
		}
	}
}
