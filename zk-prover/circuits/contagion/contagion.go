// Package contagion is the circuit of the cascade's certificate: "the contagion vectors c′ that the epoch's tariff publishes dominate one step
// of the cascade over the sealed accounts, in every scenario", with every account private. Whoever sees it needs not trust the house's fixed
// point: Φ is isotone on a finite box, so Φ(c′) ≤ c′ alone puts c′ at or above the least fixed point.
//
// Takes: the account leaves of an epoch, its risk table and tariff, the leaves of its margin tree. Gives: a Groth16 proof over BN254 whose public
// inputs are the epoch digest, the digest of the terms in the place of the nullifier, and a statement of tag 20: number of liquidity groups,
// number of scenarios; challenge and scope are 0.
// Invariants: for every accepted witness the published vectors are certified by the same integers as ContagionMap's, and none that it refuses
// is; nothing of an account or member is public.
//
// # The statement, exactly
//
// Let the epoch's digest open to its account root, table root and buffer digest. The terms are what follows from the table and the tariff
// alone, both public: φ, the residual of negative cash, σ, for every scenario s and liquidity group k the certified fall d and rise u cut to
// their bounds, and the room that they leave, for every entry that is no option its deltas by place (an unwind set in a group), its value and
// its losses in the scenarios' rows. The room of a component is the largest forced flow F with min(bound, ⌈I(F)/10¹²⌉) ≤ c′, less what the
// published hedgers trade: so Φ(c′) ≤ c′ in a component exactly where what accounts are forced to sell or buy is at most its room. Let the
// margin tree open, at every place t with an account, to H_8(28; t, member, IM, MM, E, Buffer, salt) with the MM and the E below. In µ$, with
// every amount of u times 100, an account or the accounts of one member merged have
//
//	MM = ⌈φ·IM⌉ (merged: the sum)      E = the formula's equity (merged: the sum)
//	L_k, S_k = Σ over unwind sets of the positive and negative nets in k (merged: of the netted sum)
//	T_s = ⌈Σ_k (L_k·d_sk + S_k·u_sk)/10⁶⌉     z_s = MM − (E + gain_s − T_s)
//	g_s = 0 if z_s ≤ 0, else min(10⁶, ⌈10⁶·z_s/max(1, ⌊σ·MM⌋)⌉)      f = ⌈g_s·L_k/10⁶⌉, ⌈g_s·S_k/10⁶⌉
//
// and in every scenario, group and side: Σ over members of max(Σ of the accounts' f, f of the member merged) ≤ room.
//
// # What the verifier computes
//
// The terms, from the table and the tariff that come with the proof (Terms). Their digest begins with the table's root and the tariff's
// commitment, and the circuit hashes there the very elements of the epoch's digest: another table or tariff has another epoch. So no leaf of
// the table is opened in the circuit, and no number of the terms is checked in it but for its bits, which make the packed words unique. That
// ladders, caps, returns and unwind sets of the tariff are the governed ones is what a replay of the epoch shows, as of every sealed document.
//
// # What binds a margin and a member
//
// The epoch seals both, and its signers replay them. E and MM of a leaf are asserted to be those of the lots and of IM. That IM itself is the
// formula's integer is the statement of tag 6, which a house proves of every account apart: an IM that is too small certifies vectors that are too
// small, and nothing here stops it, so without tag 6 for all accounts the certificate is as good as the signers' replay. An account that holds
// something and has no margin, a leaf of zeros, has no certificate over it.
//
// # Why every step is on the safe side
//
// Φ grows with T, z, g, f and the flows, so each of them is only bounded from below: whoever overstates one can prove less, never more. The
// honest witness takes each at its bound, so what is provable is exactly Φ(c′) ≤ c′. In turn:
//
// Lots by entry are those of the lists: Σ_slots lots/(x − key) = Σ_entries lots/(x − key) at a challenge drawn after them, with different keys.
// What is held in an option or a two-asset product finds no pole. Losses and value are packed three slots of 80 bits to an element; an account
// has at most 2·45 slots of lots and losses below 2³¹, so a true sum is below 2⁶⁹, a witness is ranged to 70 bits, and equal elements have equal
// slots. The nets are the lots times the deltas by the same partial fractions over places; plus − minus = net with plus, minus ≥ 0 gives
// plus ≥ net⁺ and minus ≥ net⁻.
//
// MM, the residual and ⌊σ·MM⌋ are exact by remainders on both sides. The span is ⌊σ·MM⌋, or 1 where that is written as 0: never above the
// rule's. T: 10⁴·T − e with e ≥ 0 is Σ(L·d + S·u) in u·ppm, for all scenarios at once as coefficients of a polynomial at the challenge. g: it
// is 10⁶, or g·span ≥ 10⁶·z. f: 10⁴·f ≥ g·L.
//
// A member's E, MM, losses, nets and flows are the sums over his accounts: Σ_accounts R(x)/(x^N − member) = Σ_members R(x)/(x^N − number) for
// records R of degree below N, unique by partial fractions because the numbers are strictly increasing. An account with anything in its record
// stands under a member. All amounts are ranged far below r, so no sum or product wraps.
//
// All of it is one proof, since a member's accounts would have to be merged across batches. A house of more accounts than its shape has no
// proof of this kind yet, and neither has one whose accounts hold options: their delta moves with the cascade.
package contagion
