package io.bulwark.api.fund;

import io.bulwark.api.door.Money;
import io.bulwark.clearing.money.Usd;
import io.bulwark.house.epoch.ComputedEpoch;
import io.bulwark.house.fund.FundBook;
import io.bulwark.insurance.margincall.CallRecord.MarginCall;
import io.bulwark.insurance.vault.ContributionCall;
import io.bulwark.insurance.vault.PayerAccount;
import io.bulwark.insurance.vault.VaultAct;
import io.bulwark.insurance.vault.VaultBook;
import io.bulwark.netting.network.NettingCycle;
import io.bulwark.netting.network.NettingCycle.CommodityNet;
import io.bulwark.netting.network.NettingCycle.Obligation;
import io.micronaut.serde.annotation.Serdeable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What everybody is asked for in an epoch, or gets back, netted into one amount a member before it is asked for: contributions that are
 * called and did not come, what a review would have go back, and what margin calls miss.
 *
 * <p>Who is frozen after a default is outside: what it owes stands, and nobody's payment is lessened by a claim on it.
 *
 * @param epoch of which the margin calls are, and the number of the cycle
 * @param nets one a member, by name
 * @param gross of all obligations
 * @param settled what moves once they are netted
 * @param saved what does not have to move
 * @param frozen members who are outside
 * @param digest of the cycle, hexadecimal: whoever has the obligations finds the same amounts
 */
@Serdeable
record SettlementAnswer(
        long epoch, List<Net> nets, Money gross, Money settled, Money saved, List<String> frozen, String digest) {
    private static final String USD = "USD";

    /** Copies. */
    public SettlementAnswer {
        nets = List.copyOf(nets);
        frozen = List.copyOf(frozen);
    }

    /**
     * What one member settles with the house.
     *
     * @param member its name, or that of the house
     * @param net above 0 it receives, below 0 it pays
     * @param obligations that it is the net of
     */
    @Serdeable
    record Net(String member, Money net, List<Part> obligations) {
        /** Copies. */
        public Net {
            obligations = List.copyOf(obligations);
        }

        /** For people. */
        String text() {
            String does = net.u() < 0 ? "pays" : net.u() > 0 ? "receives" : "nothing";
            return member + " " + does + " " + Usd.text(Math.absExact(net.u())) + " USD: "
                    + String.join(", ", obligations.stream().map(Part::text).toList());
        }
    }

    /**
     * One obligation as the member has it.
     *
     * @param what it is for
     * @param amount above 0 it receives, below 0 it pays
     */
    @Serdeable
    record Part(String what, Money amount) {
        String text() {
            return what + " " + amount;
        }
    }

    /** Of an epoch and the fund's book beside it. */
    static SettlementAnswer of(ComputedEpoch epoch, FundBook fund) {
        NettingCycle cycle =
                cycle(epoch.number(), fund.book(), epoch.calls().calls().values(), fund.members());
        Optional<CommodityNet> usd = cycle.nets().stream().findFirst();
        long gross = usd.map(CommodityNet::gross).orElse(0L);
        long settled = usd.map(CommodityNet::settled).orElse(0L);
        List<Net> nets = new ArrayList<>();
        usd.ifPresent(all -> all.nets().forEach((member, net) -> {
            if (!member.equals(VaultAct.HOUSE)) {
                nets.add(new Net(member, Money.of(net), parts(cycle, member)));
            }
        }));
        return new SettlementAnswer(
                epoch.number(),
                nets,
                Money.of(gross),
                Money.of(settled),
                Money.of(Math.subtractExact(gross, settled)),
                List.copyOf(fund.book().frozen()),
                cycle.digest().hex());
    }

    private static List<Part> parts(NettingCycle cycle, String member) {
        return cycle.obligations().stream()
                .filter(o -> o.from().equals(member) || o.to().equals(member))
                .map(o -> new Part(o.id(), Money.of(o.to().equals(member) ? o.units() : Math.negateExact(o.units()))))
                .toList();
    }

    /** The obligations of a moment, in u, between members and the house. */
    static NettingCycle cycle(long number, VaultBook book, Collection<MarginCall> calls, Map<Integer, String> members) {
        List<Obligation> obligations = new ArrayList<>();
        book.payers().forEach((payer, account) -> {
            if (account.frozen().isEmpty() && !payer.equals(VaultAct.HOUSE)) {
                obligations.addAll(ofPayer(payer, account));
            }
        });
        for (MarginCall call : calls) {
            Optional<String> member = Optional.ofNullable(members.get(call.account()))
                    .filter(name -> book.of(name).frozen().isEmpty());
            if (member.isPresent() && call.missing() > 0) {
                obligations.add(new Obligation(
                        "margin of account " + call.account(), member.get(), VaultAct.HOUSE, USD, call.missing()));
            }
        }
        return NettingCycle.of(number, obligations);
    }

    private static List<Obligation> ofPayer(String payer, PayerAccount account) {
        List<Obligation> obligations = new ArrayList<>();
        for (ContributionCall call : account.calls()) {
            if (call.missing() > 0) {
                obligations.add(new Obligation(
                        "contribution of " + payer + " called after epoch " + call.epoch(),
                        payer,
                        VaultAct.HOUSE,
                        USD,
                        call.missing()));
            }
        }
        if (account.releasable() > 0) {
            obligations.add(new Obligation(
                    "contribution of " + payer + " that goes back", VaultAct.HOUSE, payer, USD, account.releasable()));
        }
        return obligations;
    }
}
