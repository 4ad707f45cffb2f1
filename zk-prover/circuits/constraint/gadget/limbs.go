package gadget

import (
	"math/big"

	"github.com/consensys/gnark/constraint/solver"
	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/multicommit"
)

// Widths of limbs: each stands in a table of all numbers of its width.
const (
	NarrowLimb = 10
	WideLimb   = 11
)

// Number is a non-negative integer in limbs, lowest first: wide ones, then narrow ones.
type Number []frontend.Variable

// LimbWidths splits bits into as few limbs as possible; every count of bits above 89 has such a split, and of those below each
// that a circuit uses.
func LimbWidths(bits int) []int {
	n := (bits + WideLimb - 1) / WideLimb
	widths := make([]int, n)
	for i := range widths {
		widths[i] = NarrowLimb
		if i < bits-NarrowLimb*n {
			widths[i] = WideLimb
		}
	}
	if bits < NarrowLimb*n {
		panic("no split into limbs of 10 and 11 bits")
	}
	return widths
}

// NewNumber is a number below 2^bits without value.
func NewNumber(bits int) Number { return make(Number, len(LimbWidths(bits))) }

// Set writes an integer below 2^bits into limbs.
func (n Number) Set(x *big.Int, bits int) {
	rest := new(big.Int).Set(x)
	for i, width := range LimbWidths(bits) {
		limb := new(big.Int).And(rest, big.NewInt(1<<width-1))
		n[i] = Signed(limb.Int64())
		rest.Rsh(rest, uint(width))
	}
}

// SetInt writes an integer below 2^bits into limbs.
func (n Number) SetInt(x int64, bits int) { n.Set(big.NewInt(x), bits) }

// Sum is the integer of a number below 2^bits whose limbs are ranged elsewhere.
func (n Number) Sum(api frontend.API, bits int) frontend.Variable {
	sum, offset := frontend.Variable(0), 0
	for i, width := range LimbWidths(bits) {
		sum = api.Add(sum, api.Mul(n[i], Power(offset)))
		offset += width
	}
	return sum
}

// Limbs asserts ranges of numbers in limbs. A limb costs one constraint, because amounts are witnesses by their limbs: nothing has to be
// put together again.
// Soundness: Σ 1/(x − limb) = Σ count/(x − entry) at a challenge drawn after limbs and counts are committed, so by partial fractions
// every limb is an entry of its table (fewer limbs than r, so that no count of a foreign pole is 0 mod r).
type Limbs struct {
	api     frontend.API
	listed  [2][]frontend.Variable // narrow, wide
	secrets []frontend.Variable    // what the looked-up values are made of
	count   solver.Hint
}

// NewLimbs takes Count under the name by which the circuit has registered it: a compiled circuit holds that name.
func NewLimbs(api frontend.API, count solver.Hint) *Limbs { return &Limbs{api: api, count: count} }

// Value asserts that a number's limbs are limbs and gives the integer.
func (l *Limbs) Value(number Number, bits int) frontend.Variable {
	sum, offset := frontend.Variable(0), 0
	for i, width := range LimbWidths(bits) {
		l.Below(number[i], width)
		l.secrets = append(l.secrets, number[i])
		sum = l.api.Add(sum, l.api.Mul(number[i], Power(offset)))
		offset += width
	}
	return sum
}

// Below asserts that x is a limb. What x is made of must be committed by the caller, by Commit where nobody else does.
func (l *Limbs) Below(x frontend.Variable, width int) {
	l.listed[width-NarrowLimb] = append(l.listed[width-NarrowLimb], x)
}

// Commit puts what looked-up values are made of before the challenge.
func (l *Limbs) Commit(values ...frontend.Variable) { l.secrets = append(l.secrets, values...) }

// Assert closes the argument: the counts come from a hint and are constrained by the identity.
func (l *Limbs) Assert() error {
	for i, width := range []int{NarrowLimb, WideLimb} {
		listed := l.listed[i]
		counts, err := l.api.NewHint(l.count, 1<<width, listed...)
		if err != nil {
			return err
		}
		l.secrets = append(l.secrets, counts...)
		multicommit.WithCommitment(l.api, func(api frontend.API, x frontend.Variable) error {
			used, table := NewFractions(api), NewFractions(api)
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

// Count is a hint: it counts how often each number below the table's length occurs; what is no entry is counted nowhere, and
// the identity fails.
func Count(_ *big.Int, in, out []*big.Int) error {
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
