package gadget

import (
	"math/big"

	"github.com/consensys/gnark/frontend"
	"github.com/consensys/gnark/std/rangecheck"

	"bulwark.io/circuits/publicinput"
)

// Million is the scale of ppm.
const Million = 1_000_000

// millionBits holds every remainder below a million.
const millionBits = 20

// Ranges asserts bounds of integers.
type Ranges struct {
	api     frontend.API
	checker frontend.Rangechecker
}

// NewRanges must be called before any gadget that waits for the commitment.
func NewRanges(api frontend.API) *Ranges { return &Ranges{api: api, checker: rangecheck.New(api)} }

// Below asserts 0 ≤ x < 2^bits.
func (r *Ranges) Below(x frontend.Variable, bits int) { r.checker.Check(x, bits) }

// Signed asserts −2^bits ≤ x < 2^bits.
func (r *Ranges) Signed(x frontend.Variable, bits int) {
	r.checker.Check(r.api.Add(x, Power(bits)), bits+1)
}

// CeilMillion asserts quotient = ⌈numerator/10⁶⌉ over the integers.
// Assumes |numerator| and |quotient|·10⁶ far below r, both ranged by the caller: an unranged quotient could be numerator/10⁶ mod r.
func (r *Ranges) CeilMillion(numerator, quotient frontend.Variable) {
	r.Ceil(numerator, Million, quotient)
}

// Ceil asserts quotient = ⌈numerator/divisor⌉ over the integers, for 0 < divisor ≤ 10⁶: the remainder divisor·quotient − numerator lies in
// [0, divisor). Assumes of numerator and quotient what CeilMillion does.
func (r *Ranges) Ceil(numerator, divisor, quotient frontend.Variable) {
	remainder := r.api.Sub(r.api.Mul(quotient, divisor), numerator)
	r.Below(remainder, millionBits)
	r.Below(r.api.Sub(divisor, 1, remainder), millionBits)
}

// Power is 2^bits.
func Power(bits int) *big.Int { return new(big.Int).Lsh(big.NewInt(1), uint(bits)) }

// Zeros collects non-negative terms that must all be 0 and asserts their sum once: one constraint a product instead of two.
// Assumes that every term is a product of non-negative integers whose sum over the whole circuit stays below r.
type Zeros struct {
	api frontend.API
	sum frontend.Variable
}

// NewZeros makes an empty sum.
func NewZeros(api frontend.API) *Zeros { return &Zeros{api: api, sum: 0} }

// Product asserts, with Assert, that a or b is 0.
func (z *Zeros) Product(a, b frontend.Variable) { z.sum = z.api.Add(z.sum, z.api.Mul(a, b)) }

// Sides asserts that two non-negative integers are the positive and the negative part of their difference: one of them is 0.
func (z *Zeros) Sides(sides Sides) { z.Product(sides.Plus, sides.Minus) }

// Sides are a signed integer as its positive and its negative part.
type Sides struct {
	Plus, Minus frontend.Variable
}

// Of is the signed integer.
func (s Sides) Of(api frontend.API) frontend.Variable { return api.Sub(s.Plus, s.Minus) }

// Size is its absolute value.
func (s Sides) Size(api frontend.API) frontend.Variable { return api.Add(s.Plus, s.Minus) }

// Assert asserts the sum.
func (z *Zeros) Assert() { z.api.AssertIsEqual(z.sum, 0) }

// OneIsZero asserts that one of the factors is 0: a field has no divisors of zero. With slacks as factors, a maximum is attained.
func OneIsZero(api frontend.API, factors ...frontend.Variable) {
	product := factors[0]
	for _, factor := range factors[1:] {
		product = api.Mul(product, factor)
	}
	api.AssertIsEqual(product, 0)
}

// Pack is the element that a layout gives named fields; a field without a value is 0, so a leaf with another value there does not open.
// Assumes every value ranged to its field's bits: then different values give different elements.
func Pack(api frontend.API, layout publicinput.Layout, values map[string]frontend.Variable) frontend.Variable {
	packed, used := frontend.Variable(0), 0
	for _, field := range layout {
		if value, ok := values[field.Name]; ok {
			packed = api.Add(packed, api.Mul(value, Power(int(field.Offset))))
			used++
		}
	}
	if used != len(values) {
		panic("a value names no field of the layout")
	}
	return packed
}

// PackColumns packs signed columns as publicinput.Packing does. Soundness: see there.
func PackColumns(api frontend.API, packing publicinput.Packing, columns []frontend.Variable) []frontend.Variable {
	elements := make([]frontend.Variable, packing.Elements(len(columns)))
	for i := range elements {
		elements[i] = 0
		for j, column := range columns[packing.Slots*i : min(packing.Slots*(i+1), len(columns))] {
			elements[i] = api.Add(elements[i], api.Mul(column, Power(packing.Bits*j)))
		}
	}
	return elements
}

// Powers are 1, x, …, x^n.
func Powers(api frontend.API, x frontend.Variable, n int) []frontend.Variable {
	powers := make([]frontend.Variable, n+1)
	powers[0] = 1
	for i := 1; i <= n; i++ {
		powers[i] = api.Mul(powers[i-1], x)
	}
	return powers
}

// At is the value of the polynomial with these coefficients, lowest first, given the powers of the point.
func At(api frontend.API, powers, coefficients []frontend.Variable) frontend.Variable {
	value := frontend.Variable(0)
	for i, coefficient := range coefficients {
		value = api.Add(value, api.Mul(coefficient, powers[i]))
	}
	return value
}

// Fractions is a sum of fractions at a challenge. An identity Σ aᵢ/(x − kᵢ) = Σ bⱼ/(x − lⱼ) that holds at a challenge drawn after all of
// a, b, k, l are committed holds as an identity of rational functions (but for a chance of about their number over r); by partial
// fractions, the numerators of each pole then add up to the same on both sides. A denominator is 0 only by the same chance.
type Fractions struct {
	api frontend.API
	sum frontend.Variable
}

// NewFractions makes an empty sum.
func NewFractions(api frontend.API) *Fractions { return &Fractions{api: api, sum: 0} }

// Add adds numerator/denominator.
func (f *Fractions) Add(numerator, denominator frontend.Variable) {
	f.sum = f.api.Add(f.sum, f.api.DivUnchecked(numerator, denominator))
}

// Sum is the sum itself, at the challenge.
func (f *Fractions) Sum() frontend.Variable { return f.sum }

// AssertEqual asserts that two sums are equal.
func (f *Fractions) AssertEqual(other *Fractions) { f.api.AssertIsEqual(f.sum, other.sum) }
