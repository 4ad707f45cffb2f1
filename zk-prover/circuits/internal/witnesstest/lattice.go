package witnesstest

import (
	"math"
	"math/big"
)

// Relations are the lattice of the integer vectors v with Σ v·c = 0 mod the modulus, as a basis; the first coefficient must be invertible.
func Relations(coefficients []*big.Int, modulus *big.Int) [][]*big.Int {
	basis, inverse := make([][]*big.Int, len(coefficients)), new(big.Int).ModInverse(coefficients[0], modulus)
	for j := range basis {
		basis[j] = make([]*big.Int, len(coefficients))
		for i := range basis[j] {
			basis[j][i] = new(big.Int)
		}
		if j == 0 {
			basis[0][0].Set(modulus)
			continue
		}
		basis[j][0].Mul(coefficients[j], inverse).Neg(basis[j][0]).Mod(basis[j][0], modulus)
		basis[j][j].SetInt64(1)
	}
	return basis
}

// Reduce makes a lattice's basis short and nearly orthogonal: Lenstra, Lenstra and Lovász 1982, in integers throughout (Cohen, A Course in
// Computational Algebraic Number Theory, algorithm 2.6.7).
func Reduce(basis [][]*big.Int) {
	n := len(basis)
	d, lambda := make([]*big.Int, n+1), make([][]*big.Int, n)
	d[0] = big.NewInt(1)
	for i := range lambda {
		lambda[i] = make([]*big.Int, n)
		for j := range lambda[i] {
			lambda[i][j] = new(big.Int)
		}
	}
	orthogonalise := func(k int) {
		for j := 0; j <= k; j++ {
			u := dot(basis[k], basis[j])
			for i := 0; i < j; i++ {
				u.Mul(u, d[i+1]).Sub(u, new(big.Int).Mul(lambda[k][i], lambda[j][i])).Quo(u, d[i])
			}
			if j < k {
				lambda[k][j].Set(u)
			} else {
				d[k+1] = u
			}
		}
	}
	size := func(k, l int) {
		q := nearest(lambda[k][l], d[l+1])
		if q.Sign() == 0 {
			return
		}
		subtract(basis[k], q, basis[l])
		lambda[k][l].Sub(lambda[k][l], new(big.Int).Mul(q, d[l+1]))
		for i := range l {
			lambda[k][i].Sub(lambda[k][i], new(big.Int).Mul(q, lambda[l][i]))
		}
	}
	orthogonalise(0)
	for k, most := 1, 0; k < n; {
		if k > most {
			most = k
			orthogonalise(k)
		}
		size(k, k-1)
		left := new(big.Int).Mul(d[k+1], d[k-1])
		left.Add(left, new(big.Int).Mul(lambda[k][k-1], lambda[k][k-1])).Mul(left, big.NewInt(4))
		if right := new(big.Int).Mul(d[k], d[k]); left.Cmp(right.Mul(right, big.NewInt(3))) >= 0 {
			for l := k - 2; l >= 0; l-- {
				size(k, l)
			}
			k++
			continue
		}
		exchange(basis, d, lambda, k, most)
		k = max(1, k-1)
	}
}

// exchange swaps two neighbours of the basis and mends Gram–Schmidt.
func exchange(basis [][]*big.Int, d []*big.Int, lambda [][]*big.Int, k, most int) {
	basis[k], basis[k-1] = basis[k-1], basis[k]
	for j := range k - 1 {
		lambda[k][j], lambda[k-1][j] = lambda[k-1][j], lambda[k][j]
	}
	l := new(big.Int).Set(lambda[k][k-1])
	b := new(big.Int).Mul(d[k-1], d[k+1])
	b.Add(b, new(big.Int).Mul(l, l)).Quo(b, d[k])
	for i := k + 1; i <= most; i++ {
		t := new(big.Int).Set(lambda[i][k])
		lambda[i][k].Mul(d[k+1], lambda[i][k-1]).Sub(lambda[i][k], new(big.Int).Mul(l, t)).Quo(lambda[i][k], d[k])
		lambda[i][k-1].Mul(b, t).Add(lambda[i][k-1], new(big.Int).Mul(l, lambda[i][k])).Quo(lambda[i][k-1], d[k+1])
	}
	d[k] = b
}

// Closest is a lattice vector near a target: Babai's nearest plane on a reduced basis, whose vectors are short enough for floating point.
func Closest(basis [][]*big.Int, target []*big.Int) []*big.Int {
	n := len(basis)
	star := make([][]float64, n)
	for k := range star {
		star[k] = floats(basis[k])
		plain := floats(basis[k])
		for j := range k {
			mu := inner(plain, star[j]) / inner(star[j], star[j])
			for i := range star[k] {
				star[k][i] -= mu * star[j][i]
			}
		}
	}
	residue := make([]*big.Int, n)
	for i := range target {
		residue[i] = new(big.Int).Set(target[i])
	}
	for l := n - 1; l >= 0; l-- {
		mu := inner(floats(residue), star[l]) / inner(star[l], star[l])
		subtract(residue, big.NewInt(int64(math.Round(mu))), basis[l])
	}
	near := make([]*big.Int, n)
	for i := range near {
		near[i] = new(big.Int).Sub(target[i], residue[i])
	}
	return near
}

func floats(v []*big.Int) []float64 {
	list := make([]float64, len(v))
	for i, x := range v {
		list[i], _ = new(big.Float).SetInt(x).Float64()
	}
	return list
}

func inner(v, w []float64) (sum float64) {
	for i := range v {
		sum += v[i] * w[i]
	}
	return sum
}

func dot(v, w []*big.Int) *big.Int {
	sum := new(big.Int)
	for i := range v {
		sum.Add(sum, new(big.Int).Mul(v[i], w[i]))
	}
	return sum
}

// subtract takes q·w from v.
func subtract(v []*big.Int, q *big.Int, w []*big.Int) {
	for i := range v {
		v[i].Sub(v[i], new(big.Int).Mul(q, w[i]))
	}
}

// nearest is the integer nearest to a/b, b > 0.
func nearest(a, b *big.Int) *big.Int {
	twice := new(big.Int).Lsh(a, 1)
	twice.Add(twice, b)
	return twice.Div(twice, new(big.Int).Lsh(b, 1))
}
