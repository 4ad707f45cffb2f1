// Package gadget holds the pieces that circuits share: the hash, tree paths, ranges, ceilings, packed columns, and identities at a challenge.
//
// Takes: variables. Gives: variables and constraints. Each gadget's comment is its soundness argument: the bounds that it assumes of its
// inputs and what holds for every accepted witness.
package gadget

import (
	"fmt"

	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/plain/publicinput"
)

// Hasher is the hash of publicinput inside a circuit.
type Hasher struct {
	api frontend.API
}

// NewHasher makes a hasher.
func NewHasher(api frontend.API) *Hasher { return &Hasher{api: api} }

func (h *Hasher) permute(state []frontend.Variable) error {
	known, found := published[len(state)]
	if !found {
		return fmt.Errorf("no permutation of %d lanes: there are those of 3, 4, 8 and 16", len(state))
	}
	known().permute(h.api, state)
	return nil
}

// Hash is H_t(domain; elements) with n = the number of elements. The number of blocks is fixed by the circuit and the capacity lane holds
// domain and n, so two uses with different domain or length have different first states.
func (h *Hasher) Hash(domain publicinput.Domain, elements ...frontend.Variable) (frontend.Variable, error) {
	return h.Sponge(domain.Width(), publicinput.Capacity(domain, len(elements)), elements)
}

// List is H_t(domain; elements) with n apart: a list counts entries and the circuit's slots may be more than these.
func (h *Hasher) List(domain publicinput.Domain, n frontend.Variable, elements []frontend.Variable) (frontend.Variable, error) {
	return h.Sponge(domain.Width(), h.api.Add(int(domain), h.api.Mul(256, n)), elements)
}

// Sponge absorbs elements into a state whose last lane starts as capacity.
func (h *Hasher) Sponge(width int, capacity frontend.Variable, elements []frontend.Variable) (frontend.Variable, error) {
	state := h.start(width, capacity)
	for begin := 0; begin == 0 || begin < len(elements); begin += width - 1 {
		if err := h.absorb(state, elements[begin:min(begin+width-1, len(elements))]); err != nil {
			return nil, err
		}
	}
	return state[0], nil
}

func (h *Hasher) start(width int, capacity frontend.Variable) []frontend.Variable {
	state := make([]frontend.Variable, width)
	for lane := range state {
		state[lane] = 0
	}
	state[width-1] = capacity
	return state
}

// absorb adds a block and permutes.
func (h *Hasher) absorb(state, block []frontend.Variable) error {
	for lane, element := range block {
		state[lane] = h.api.Add(state[lane], element)
	}
	return h.permute(state)
}

// Cut absorbs elements of which the ones from place end on are left out where short is 1, as if they had never been: the state after the
// block of the last element before end, whose rest is masked, is the hash then. What is left out is bound by nothing; the caller gives it
// no effect. The caller's capacity says which length it is. Assumes short boolean.
func (h *Hasher) Cut(width int, capacity frontend.Variable, elements []frontend.Variable, end int, short frontend.Variable) (frontend.Variable, error) {
	rate := width - 1
	block := (end + rate - 1) / rate * rate
	masked := append([]frontend.Variable{}, elements...)
	for i := end; i < min(block, len(elements)); i++ {
		masked[i] = h.api.Sub(elements[i], h.api.Mul(short, elements[i]))
	}
	state := h.start(width, capacity)
	cut := frontend.Variable(nil)
	for begin := 0; begin == 0 || begin < len(masked); begin += rate {
		if err := h.absorb(state, masked[begin:min(begin+rate, len(masked))]); err != nil {
			return nil, err
		}
		if begin+rate == block {
			cut = state[0]
		}
	}
	return h.api.Select(short, cut, state[0]), nil
}

// Node is the parent of four children.
func (h *Hasher) Node(four [4]frontend.Variable) (frontend.Variable, error) {
	state := append([]frontend.Variable{}, four[:]...)
	if err := h.permute(state); err != nil {
		return nil, err
	}
	return h.api.Add(state[0], four[0]), nil
}
