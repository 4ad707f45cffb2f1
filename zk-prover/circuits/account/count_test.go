package account

import (
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
)

func TestCount(t *testing.T) {
	for _, s := range []Shape{Production, {2, 2, 2, 6, 1, 3}} {
		ccs, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, New(s))
		if err != nil {
			t.Fatal(err)
		}
		t.Log(s, ccs.GetNbConstraints(), ccs.GetNbSecretVariables(), ccs.GetNbInternalVariables())
	}
}
