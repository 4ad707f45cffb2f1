package gadget

import "github.com/consensys/gnark/frontend"

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
