// Package fund is the circuit of the fund's size: "in every scenario of the sealed vault table, what the two largest members lose together
// beyond their margin is covered by the fund", with everybody's losses private.
//
// Takes: the account leaves of an epoch, its vault table, each account's member and initial margin. Gives: a Groth16 proof over BN254 with
// five public inputs: epoch digest, size of the fund, number of scenarios, root of the margins, cover number (2).
// Invariants: for every accepted witness the published fund is at least the need that CoverTwo computes from the same leaves, table and
// margins; nothing of an account or member is public but a salted root.
//
// # The statement, exactly
//
// Let the epoch's digest open to its account root and the root of its vault table. For every place t of the account tree let q be the lots
// of its leaf (positions, collateral, debt; the paid list is not read), and L_t(r) = Σ q·loss(r) over the rows of the vault table, debts as
// the table negates them: no offset between rows, no diversification. Let the margins' root open, at every place t with an account, to
// H_8(28; t, member, IM, salt). Then for every row r
//
//	max over m ≠ n of B_m(r) + B_n(r) ≤ fund,  B_m(r) = Σ over accounts t of m of max(0, L_t(r) − IM_t).
//
// Accounts of one member stand together (affiliates), but one account's surplus pays no other's loss, as CoverTwo has it.
//
// # What binds a margin and a member
//
// Leaves do not hold the initial margin, and no epoch seals who stands behind an account in a tree of its own. So the margins' root is part
// of the statement: whoever owns an account is given member, IM and salt with the path, and compares. The IM is the one that the account
// circuit proves of the same leaf and epoch (kind 3, "the IM is exactly m", by the owner or by the house). An IM that is too large would
// understate the need; one entry of the root beside one such proof of the same account is evidence of it. What the circuit itself
// guarantees is that the losses are those of the sealed leaves and table, that no account is left out, that every account has one member,
// and the comparison.
//
// # Why the comparison is right
//
// Losses are packed, four slots of 63 bits to an element, and Σ lots·(packed row) is linear: the account's packed losses. Each slot is written
// as y − z + IM with y, z ranged to 61 bits, and the guard Σ|lots|·bound < 2⁶⁰ (bound from the opened head, covering every packed column)
// keeps true losses below 2⁶⁰: two slots differ by less than 2⁶², so equal elements have equal slots. y ≥ max(0, L − IM) follows from z ≥ 0;
// a larger y only raises the need.
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
