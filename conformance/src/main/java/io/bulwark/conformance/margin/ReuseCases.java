package io.bulwark.conformance.margin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.KindTable;
import io.bulwark.conformance.KindTable.Rule;
import io.bulwark.conformance.Rational;
import io.bulwark.insurance.liquidation.SlicedSale;
import io.bulwark.insurance.waterfall.Absorption;
import io.bulwark.insurance.waterfall.StakeSlashing;
import io.bulwark.netting.portfolio.LendingPool;
import io.bulwark.netting.portfolio.LoopedPosition;
import io.bulwark.netting.portfolio.PledgeChain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hipparchus.fraction.BigFraction;

/** Collateral posted again and again, sales in slices, first-loss stakes. */
final class ReuseCases {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** The two layers of kind {@code reuse.twoLayer}: a pool that lends against X, and an issuer that holds the pool's receipt. */
    private static final LendingPool LENDER = new LendingPool(new BigFraction(1000), new BigFraction(930));

    private static final BigFraction LENDER_DEPOSITS = new BigFraction(1400);
    private static final LendingPool ISSUER = new LendingPool(new BigFraction(500), new BigFraction(460));

    private ReuseCases() {}

    /** The kinds that are known here. */
    static Computation kinds() {
        return new KindTable(Map.ofEntries(
                Map.entry("reuse.loop", Rule.of(ReuseCases::loop)),
                Map.entry("reuse.velocity", Rule.of(ReuseCases::velocity)),
                Map.entry("reuse.jump", Rule.of(ReuseCases::jump)),
                Map.entry("reuse.twoLayer", Rule.of(ReuseCases::twoLayers)),
                Map.entry("reuse.batching", Rule.of(ReuseCases::slices)),
                Map.entry("reuse.umbrella", Rule.of(ReuseCases::stake))));
    }

    private static JsonNode slices(CaseFields inputs) {
        return Rational.text(SlicedSale.cost(
                Rational.of(inputs, "quantity"),
                Rational.of(inputs, "impactPerUnit"),
                Rational.of(inputs, "displacementKept"),
                inputs.int32("slices")));
    }

    private static ObjectNode loop(CaseFields inputs) {
        LoopedPosition position = LoopedPosition.of(
                Rational.of(inputs, "ltv"), Rational.of(inputs, "liquidationThreshold"), inputs.int32("loops"));
        ObjectNode computed = JSON.objectNode();
        computed.set("totalCollateral", Rational.text(position.collateral()));
        computed.set("totalDebt", Rational.text(position.debt()));
        computed.set("leverage", Rational.text(position.collateral()));
        computed.set("maxLeverage", Rational.text(position.leverageMax()));
        position.dropToLiquidation().ifPresent(drop -> computed.set("priceDropToLiquidation", Rational.text(drop)));
        position.dropToBadDebt().ifPresent(drop -> computed.set("priceDropToBadDebt", Rational.text(drop)));
        return computed;
    }

    private static JsonNode velocity(CaseFields inputs) {
        if (!inputs.has("links")) {
            return DoubleNode.valueOf(
                    PledgeChain.velocity(Rational.of(inputs, "received"), Rational.of(inputs, "primary"))
                            .doubleValue());
        }
        List<PledgeChain.Link> links = new ArrayList<>();
        for (Map.Entry<String, JsonNode> element : inputs.elements("links")) {
            JsonNode link = element.getValue();
            if (!link.isArray() || link.size() != 3) {
                throw CaseFields.refusal(element.getKey(), link, "must be an array of three: from, to, amount");
            }
            links.add(new PledgeChain.Link(
                    CaseFields.text(element.getKey(), link.get(0)),
                    CaseFields.text(element.getKey(), link.get(1)),
                    Rational.of(element.getKey(), link.get(2))));
        }
        PledgeChain chain = PledgeChain.of(links);
        ObjectNode computed = JSON.objectNode();
        computed.set("velocity", Rational.number(chain.velocity()));
        computed.put("owner", chain.owner());
        ObjectNode title = computed.putObject("titleAtEnd");
        chain.titleAtEnd().forEach((name, amount) -> title.set(name, Rational.number(amount)));
        return computed;
    }

    private static ObjectNode jump(CaseFields inputs) {
        BigFraction drop = Rational.of(inputs, "drop");
        ObjectNode computed = JSON.objectNode();
        ArrayNode protocols = computed.putArray("perProtocol");
        BigFraction total = BigFraction.ZERO;
        for (CaseFields level : inputs.objects("levels")) {
            BigFraction badDebt =
                    new LendingPool(Rational.of(level, "collateral"), Rational.of(level, "debt")).badDebt(drop);
            protocols.addObject().put("protocol", level.text("protocol")).set("badDebt", Rational.text(badDebt));
            total = total.add(badDebt);
        }
        return computed.set("total", Rational.text(total));
    }

    private static ObjectNode twoLayers(CaseFields inputs) {
        BigFraction drop = Rational.of(inputs, "drop");
        BigFraction rate = LENDER.receiptRate(LENDER_DEPOSITS, drop);
        ObjectNode computed = JSON.objectNode();
        computed.set("lendABadDebt", Rational.text(LENDER.badDebt(drop)));
        computed.set("receiptRate", Rational.text(rate));
        return computed.set("stableBadDebt", Rational.text(ISSUER.badDebt(BigFraction.ONE.subtract(rate))));
    }

    private static ObjectNode stake(CaseFields inputs) {
        Absorption absorption = StakeSlashing.of(Rational.of(inputs, "offset"), Rational.of(inputs, "stakeSlashable"))
                .absorb(Rational.of(inputs, "deficit"));
        ObjectNode computed = JSON.objectNode();
        computed.set("daoOffset", Rational.text(absorption.layers().get(0).used()));
        computed.set("slashed", Rational.text(absorption.layers().get(1).used()));
        return computed.set("residual", Rational.text(absorption.residual()));
    }
}
