// Package fund is the circuit of the fund's size: "in every scenario of the sealed vault table, what the two largest members lose together
// beyond what they hold is covered by the fund", with everybody's losses private.
//
// Takes: the account leaves of an epoch, its vault table, the leaves of its margin tree. Gives: a Groth16 proof over BN254 whose public inputs
// are the epoch digest and a statement of tag 19: cover number (2), size of the fund, number of scenarios; the others are 0.
// Invariants: for every accepted witness the published fund is at least the need that CoverTwo computes from the same leaves, table and
// margins; nothing of an account or member is public.
//
// # The statement, exactly
//
// Let the epoch's digest open to its account root, its margin root and the root of its vault table. For every place t of the account tree let q
// be the lots of its leaf (positions, collateral, debt; the paid list is not read), and L_t(r) = Σ q·loss(r) over the rows of the vault table,
// debts as the table negates them: no offset between rows, no diversification. Let the margin tree open, at every place t with an account, to
// H_8(28; t, member, IM, MM, E, Buffer, salt). What the account pays itself is
//
//	C_t = max(0, min(E, IM + Buffer, E′)),  E′ = cash⁺ − ⌈cash⁻·(10⁶ + residual)/10⁶⌉ + Σ q·value
//
// with residual and values of the vault table. Then for every row r
//
//	max over m ≠ n of B_m(r) + B_n(r) ≤ fund,  B_m(r) = Σ over accounts t of m of max(0, L_t(r) − C_t).
//
// Accounts of one member stand together (affiliates), but one account's surplus pays no other's loss, as CoverTwo has it.
//
// # What binds a margin and a member
//
// The epoch seals both, and its signers replay them. That IM, MM, E and Buffer are the formula's integers is the statement of tag 6, which a house
// proves of every account apart; who stands behind an account is the house's word that signers have seen. Where a leaf is false all the same, an
// account is credited no more than the equity that the circuit computes itself: IM = 2⁵⁹ buys nothing. An account without a margin has a leaf of
// zeros, and no credit.
//
// # Why the credit is right
//
// C is a witness, ranged, with C ≤ IM + Buffer, and either C = 0 or C ≤ E and C ≤ E′: a smaller one only raises the need. Values stand packed
// beside delta, vega and a date in the element that Sense begins with; Σ lots·(that element) is linear, the four sums are ranged to 60 bits either
// way, and the guard keeps the true ones below 2⁶⁰, so equal elements have equal sums. Cash is two ranged parts of which one is 0, and the overdraft
// is exact by its remainder. The residual is read from the global leaf, whose head has one reading because its parts are ranged.
//
// # Why the comparison is right
//
// Losses are packed, four slots of 63 bits to an element, and Σ lots·(packed row) is linear: the account's packed losses. Each slot is written
// as y − z + C with y, z ranged to 61 bits and C to 60, and the guard Σ|lots|·bound < 2⁶⁰ (bound from the opened head, covering every packed
// column) keeps true losses below 2⁶⁰: two slots differ by less than 2⁶², so equal elements have equal slots. y ≥ max(0, L − C) follows from
// z ≥ 0; a larger y only raises the need.
//
// An account's lots by entry of the table are the only ones with Σ_slots lots/(x − key) = Σ_entries lots/(x − key) at a challenge drawn
// after them: keys of entries are strictly increasing, so a lot is in one entry, and lots of a key that no entry has find no pole.
//
// Two largest: one member is marked, a is his loss, c at least everybody else's, a ≥ c, and a + c ≤ fund. Then any two lose at most a + c:
// the marked one has none above him, and of two others neither is above c ≤ a. Members have strictly increasing numbers, so that no
// member stands in two slots with half of his accounts each.
//
// All of it is one proof, since two largest are not a sum: members would have to be compared across batches. A house of more accounts
// than its shape has no proof of this kind yet.
package fund
