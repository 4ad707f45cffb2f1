package publicinput

import (
	"fmt"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
)

// One permutation a width: the constants are derived once, at load, and only read afterwards.
var permutations = map[int]*poseidon2.Permutation{3: permutation(3), 4: permutation(4), 8: permutation(8), 16: permutation(16)}

func permutation(width int) *poseidon2.Permutation {
	full, partial := Rounds(width)
	return poseidon2.NewPermutation(width, full, partial)
}

func permute(state []fr.Element) {
	if err := permutations[len(state)].Permutation(state); err != nil {
		panic(fmt.Sprintf("permutation of width %d: %v", len(state), err))
	}
}

// Hash is H_t(domain; x₀ … x_{n−1}) with n given apart: lists count entries, not elements. The last block is padded with zeros; at least one block.
func Hash(domain Domain, n int, elements []fr.Element) fr.Element {
	width := domain.Width()
	state := make([]fr.Element, width)
	state[width-1].SetInt64(Capacity(domain, n))
	for begin := 0; begin == 0 || begin < len(elements); begin += width - 1 {
		end := min(begin+width-1, len(elements))
		for lane, element := range elements[begin:end] {
			state[lane].Add(&state[lane], &element)
		}
		permute(state)
	}
	return state[0]
}

// HashOf is Hash with n = the number of elements.
func HashOf(domain Domain, elements ...fr.Element) fr.Element {
	return Hash(domain, len(elements), elements)
}

// Node is the parent of four children: lane 0 of the permutation plus the first child, so that it cannot be run backwards.
func Node(a, b, c, d fr.Element) fr.Element {
	state := []fr.Element{a, b, c, d}
	permute(state)
	return *state[0].Add(&state[0], &a)
}
