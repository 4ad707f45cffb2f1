package verification

import (
	"bytes"
	"testing"

	"bulwark.io/circuits/refusal"
)

func TestShouldRefuseToExportWhatIsNoKeyAndNoProof(t *testing.T) {
	zeros := make([]byte, verifyingKeySize)
	for _, c := range []struct {
		code string
		vk   []byte
	}{{"WRONG_LENGTH", nil}, {"WRONG_LENGTH", zeros[1:]}, {"BAD_KEY", zeros}} {
		if _, err := ExportSolidity(c.vk, true); refusal.Of(err).Code != c.code {
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
	if _, _, err := ParseSolidity([]byte{0x80}); err == nil {
		t.Error("a request of no fields must be refused")
	}
}
