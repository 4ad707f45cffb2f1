package gadget

import "github.com/consensys/gnark/frontend"

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
