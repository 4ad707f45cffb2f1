package gadget

import (
	"slices"
	"sync"

	"github.com/consensys/gnark-crypto/ecc/bn254/fr"
	"github.com/consensys/gnark-crypto/ecc/bn254/fr/poseidon2"
	"github.com/consensys/gnark/frontend"

	"bulwark.io/circuits/plain/publicinput"
)

// rounds are the numbers of Poseidon2 at one width. The permutation that they make is gnark's std/permutation/poseidon2, constraint by
// constraint (a test compares the systems). Gnark's builds every lane anew in every partial round, as a sum that grows by a wire a round;
// but a partial round raises one lane and the rest is linear, so that each lane is a sum over the wires whose coefficients every
// permutation of the width has alike. Here they are multiplied out once: circuits compile in less than half the time.
type rounds struct {
	first, last [][]frontend.Variable // the keys of the full rounds before and after the partial ones
	partial     []partialRound
	lanes       [][]frontend.Variable // each lane after the partial rounds
}

// partialRound raises one sum over the wires: those that the last of the first full rounds raised, then one of each partial round before.
type partialRound struct {
	coefficients []frontend.Variable
	key          frontend.Variable
}

// published are the numbers of the widths that a house uses, made when a circuit first needs them.
var published = map[int]func() *rounds{3: roundsOf(3), 4: roundsOf(4), 8: roundsOf(8), 16: roundsOf(16)}

func roundsOf(width int) func() *rounds {
	return sync.OnceValue(func() *rounds {
		full, partial := publicinput.Rounds(width)
		parameters := poseidon2.NewParameters(width, full, partial)
		external, half := externalMatrix(width), full/2
		r := &rounds{}
		for i := range half {
			r.first = append(r.first, constants(parameters.RoundKeys[i]))
			r.last = append(r.last, constants(parameters.RoundKeys[half+partial+i]))
		}
		diagonal, lanes := internalDiagonal(parameters), external
		for i := range partial {
			r.partial = append(r.partial, partialRound{constants(lanes[0]), parameters.RoundKeys[half+i][0]})
			lanes[0] = make([]fr.Element, width+i+1)
			lanes[0][width+i].SetOne()
			lanes = afterPartialRound(diagonal, lanes)
		}
		for _, lane := range lanes {
			r.lanes = append(r.lanes, constants(lane))
		}
		return r
	})
}

// afterPartialRound is every lane times its number of the diagonal plus the sum of all.
func afterPartialRound(diagonal []fr.Element, lanes [][]fr.Element) [][]fr.Element {
	sum := make([]fr.Element, len(lanes[0]))
	for _, lane := range lanes {
		for wire := range lane {
			sum[wire].Add(&sum[wire], &lane[wire])
		}
	}
	after := make([][]fr.Element, len(lanes))
	for i, lane := range lanes {
		after[i] = append([]fr.Element{}, sum...)
		for wire := range lane {
			product := lane[wire]
			after[i][wire].Add(&after[i][wire], product.Mul(&product, &diagonal[i]))
		}
	}
	return after
}

// internalDiagonal is the diagonal of the partial rounds' matrix without its ones (Grassi, Khovratovich and Schofnegger 2023, page 15).
func internalDiagonal(parameters *poseidon2.Parameters) []fr.Element {
	if parameters.Width == 3 {
		return []fr.Element{fr.One(), fr.One(), fr.NewElement(2)}
	}
	return parameters.DiagM1
}

// blocks is M4 of the paper's appendix B.
var blocks = [4][4]uint64{{5, 7, 1, 3}, {4, 6, 1, 1}, {1, 3, 5, 7}, {1, 1, 4, 6}}

// externalMatrix is circ(2, 1, 1) for three lanes, M4 for four, circ(2 M4, M4, …) for more.
func externalMatrix(width int) [][]fr.Element {
	matrix := make([][]fr.Element, width)
	for i := range matrix {
		matrix[i] = make([]fr.Element, width)
		for j := range matrix[i] {
			entry := uint64(1)
			if width > 3 {
				entry = blocks[i%4][j%4]
			}
			if (width == 3 && i == j) || (width > 4 && i/4 == j/4) {
				entry *= 2
			}
			matrix[i][j].SetUint64(entry)
		}
	}
	return matrix
}

func constants(elements []fr.Element) []frontend.Variable {
	boxed := make([]frontend.Variable, len(elements))
	for i, element := range elements {
		boxed[i] = element
	}
	return boxed
}

// permute replaces the state by its permutation.
func (r *rounds) permute(api frontend.API, state []frontend.Variable) {
	mix(api, state)
	for i, keys := range r.first {
		for lane := range state {
			state[lane] = raise(api, api.Add(state[lane], keys[lane]))
		}
		if i < len(r.first)-1 {
			mix(api, state)
		}
	}
	wires := append([]frontend.Variable{}, state...)
	for _, round := range r.partial {
		wires = append(wires, raise(api, combine(api, round.coefficients, wires, round.key)))
	}
	for lane, coefficients := range r.lanes {
		state[lane] = raise(api, combine(api, coefficients, wires, r.last[0][lane]))
	}
	mix(api, state)
	for _, keys := range r.last[1:] {
		for lane := range state {
			state[lane] = raise(api, api.Add(state[lane], keys[lane]))
		}
		mix(api, state)
	}
}

// mix multiplies the state by the matrix of the full rounds, in the library's additions and in their order: a sum of very many wires is
// given a wire of its own where it is first built, so other additions would be other constraints.
func mix(api frontend.API, state []frontend.Variable) {
	if len(state) == 3 {
		sum := api.Add(api.Add(state[0], state[1]), state[2])
		for lane := range state {
			state[lane] = api.Add(state[lane], sum)
		}
		return
	}
	for four := range slices.Chunk(state, 4) {
		mixFour(api, four)
	}
	if len(state) == 4 {
		return
	}
	sums := [4]frontend.Variable{0, 0, 0, 0}
	for lane := range state {
		sums[lane%4] = api.Add(sums[lane%4], state[lane])
	}
	for lane := range state {
		state[lane] = api.Add(state[lane], sums[lane%4])
	}
}

// mixFour multiplies four lanes by M4.
func mixFour(api frontend.API, s []frontend.Variable) {
	t0, t1 := api.Add(s[0], s[1]), api.Add(s[2], s[3])
	t2 := api.Add(api.Mul(s[1], 2), t1)
	t3 := api.Add(api.Mul(s[3], 2), t0)
	t4 := api.Add(api.Mul(t1, 4), t3)
	t5 := api.Add(api.Mul(t0, 4), t2)
	s[0], s[1], s[2], s[3] = api.Add(t3, t5), t5, api.Add(t2, t4), t4
}

// combine is the sum of the wires times their coefficients, and of what comes with it.
func combine(api frontend.API, coefficients, wires []frontend.Variable, more ...frontend.Variable) frontend.Variable {
	terms := make([]frontend.Variable, len(wires), len(wires)+len(more))
	for i, wire := range wires {
		terms[i] = api.Mul(wire, coefficients[i])
	}
	terms = append(terms, more...)
	return api.Add(terms[0], terms[1], terms[2:]...)
}

// raise is the fifth power.
func raise(api frontend.API, x frontend.Variable) frontend.Variable {
	square := api.Mul(x, x)
	return api.Mul(api.Mul(square, square), x)
}
