package gadget

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/consensys/gnark-crypto/ecc"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/frontend/cs/r1cs"
	"github.com/consensys/gnark/std/permutation/poseidon2"

	"bulwark.io/circuits/plain/publicinput"
)

// permuted permutes twice, as a sponge does: first lanes of which some are constants and three are sums of so many wires that what is
// added of them is given wires of its own; then sums over what the permutation leaves.
type permuted struct {
	In       []frontend.Variable
	Many     [200]frontend.Variable
	constant int
	permute  *func(frontend.API, []frontend.Variable) error
}

func (c *permuted) Define(api frontend.API) error {
	state := append([]frontend.Variable{}, c.In...)
	for lane := len(state) - c.constant; lane < len(state); lane++ {
		state[lane] = 256 * lane
		api.AssertIsEqual(c.In[lane], lane)
	}
	state[0] = api.Add(state[0], c.Many[0], c.Many[1:100]...)
	state[1] = api.Add(state[1], c.Many[50], c.Many[51:]...)
	state[2] = api.Add(state[2], c.Many[0], c.Many[1:]...)
	for range 2 {
		if err := (*c.permute)(api, state); err != nil {
			return err
		}
		state[0] = api.Add(state[0], c.In[0], api.Mul(3, c.In[1]))
	}
	api.AssertIsEqual(state[0], 0)
	return nil
}

func compiledPermutation(t *testing.T, width, constant int, permute func(frontend.API, []frontend.Variable) error) []byte {
	t.Helper()
	system, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder,
		&permuted{In: make([]frontend.Variable, width), constant: constant, permute: &permute})
	if err != nil {
		t.Fatal(err)
	}
	var written bytes.Buffer
	if _, err := system.WriteTo(&written); err != nil {
		t.Fatal(err)
	}
	return written.Bytes()
}

func TestShouldMakeTheConstraintsOfTheLibrarysPermutation(t *testing.T) {
	ours := func(api frontend.API, state []frontend.Variable) error { return NewHasher(api).permute(state) }
	librarys := func(api frontend.API, state []frontend.Variable) error {
		full, partial := publicinput.Rounds(len(state))
		permutation, err := poseidon2.NewPoseidon2FromParameters(api, len(state), full, partial)
		if err != nil {
			return err
		}
		return permutation.Permutation(state)
	}
	for width := range published {
		for _, constant := range []int{0, 1, width - 1, width} {
			t.Run(fmt.Sprintf("%d lanes, %d of them constants", width, constant), func(t *testing.T) {
				if !bytes.Equal(compiledPermutation(t, width, constant, ours), compiledPermutation(t, width, constant, librarys)) {
					t.Error("the systems differ")
				}
			})
		}
	}
}

func TestShouldRefuseToPermuteAStateOfAnotherWidth(t *testing.T) {
	refused := func(api frontend.API, state []frontend.Variable) error { return NewHasher(api).permute(state) }
	_, err := frontend.Compile(ecc.BN254.ScalarField(), r1cs.NewBuilder, &permuted{In: make([]frontend.Variable, 5), permute: &refused})
	if err == nil {
		t.Fatal("a state of 5 lanes must be refused")
	}
}
