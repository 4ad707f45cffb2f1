package book

import (
	"math/big"

	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/multicommit"

	"bulwark.io/circuits/gadget"
)

func init() { solver.RegisterHint(countHint) }

// Widths of limbs: each stands in a table of all numbers of its width.
const (
	narrow = 10
	wide   = 11
)

// Number is a non-negative integer in limbs, lowest first: wide ones, then narrow ones.
type Number []frontend.Variable

// widthsOf splits bits into as few limbs as possible; every count of bits above 89 and each that this package uses has such a split.
func widthsOf(bits int) []int {
	n := (bits + wide - 1) / wide
	widths := make([]int, n)
	for i := range widths {
		widths[i] = narrow
		if i < bits-narrow*n {
			widths[i] = wide
		}
	}
	if bits < narrow*n {
		panic("no split into limbs of 10 and 11 bits")
	}
	return widths
}

func newNumber(bits int) Number { return make(Number, len(widthsOf(bits))) }

// limbs asserts ranges. A limb costs one constraint, because amounts are witnesses by their limbs: nothing has to be put together again.
// Soundness: Σ 1/(x − limb) = Σ count/(x − entry) at a challenge drawn after limbs and counts are committed, so by partial fractions
// every limb is an entry of its table (fewer limbs than r, so that no count of a foreign pole is 0 mod r).
type limbs struct {
	api     frontend.API
	listed  [2][]frontend.Variable // narrow, wide
	secrets []frontend.Variable    // what the looked-up values are made of
}

// value asserts that a number's limbs are limbs and gives the integer.
func (l *limbs) value(number Number, bits int) frontend.Variable {
	sum, offset := frontend.Variable(0), 0
	for i, width := range widthsOf(bits) {
		l.below(number[i], width)
		l.secrets = append(l.secrets, number[i])
		sum = l.api.Add(sum, l.api.Mul(number[i], gadget.Power(offset)))
		offset += width
	}
	return sum
}

// below asserts that x is a limb. What x is made of must be committed by the caller.
func (l *limbs) below(x frontend.Variable, width int) {
	l.listed[width-narrow] = append(l.listed[width-narrow], x)
}

// assert closes the argument: the counts come from a hint and are constrained by the identity.
func (l *limbs) assert() error {
	for i, width := range []int{narrow, wide} {
		listed := l.listed[i]
		counts, err := l.api.NewHint(countHint, 1<<width, listed...)
		if err != nil {
			return err
		}
		l.secrets = append(l.secrets, counts...)
		multicommit.WithCommitment(l.api, func(api frontend.API, x frontend.Variable) error {
			used, table := gadget.NewFractions(api), gadget.NewFractions(api)
			for _, limb := range listed {
				used.Add(1, api.Sub(x, limb))
			}
			for entry, count := range counts {
				table.Add(count, api.Sub(x, entry))
			}
			used.AssertEqual(table)
			return nil
		})
	}
	multicommit.WithCommitment(l.api, func(frontend.API, frontend.Variable) error { return nil }, l.secrets...)
	return nil
}

// countHint counts how often each number below the table's length occurs; what is no entry is counted nowhere, and the identity fails.
func countHint(_ *big.Int, in, out []*big.Int) error {
	counts := make([]int64, len(out))
	for _, x := range in {
		if x.IsInt64() && x.Int64() < int64(len(out)) {
			counts[x.Int64()]++
		}
	}
	for i, count := range counts {
		out[i].SetInt64(count)
	}
	return nil
}
