package io.bulwark.conformance.published;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.conformance.CaseFields;
import io.bulwark.conformance.Computation;
import io.bulwark.conformance.KindTable;
import io.bulwark.conformance.KindTable.Rule;
import io.bulwark.conformance.Rational;
import io.bulwark.insurance.liquidation.Bid;
import io.bulwark.insurance.liquidation.UniformPriceAuction;
import io.bulwark.insurance.waterfall.Absorption;
import io.bulwark.insurance.waterfall.Juniorisation;
import io.bulwark.insurance.waterfall.Waterfall;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hipparchus.fraction.BigFraction;

/** Default auctions and what bidding in them does to the order of contributions. */
final class AuctionCases {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AuctionCases() {}

    /** The kinds that are known here. */
    static Computation kinds() {
        return new KindTable(Map.ofEntries(
                Map.entry("auction.uniform", Rule.of(AuctionCases::uniform)),
                Map.entry("auction.juniorisation", Rule.of(AuctionCases::byThreshold)),
                Map.entry("auction.juniorisationBySize", Rule.of(AuctionCases::bySize))));
    }

    private static ObjectNode uniform(CaseFields inputs) {
        Optional<BigFraction> reserve =
                inputs.optional("reservePrice").map(price -> Rational.of(inputs.at("reservePrice"), price));
        UniformPriceAuction auction =
                UniformPriceAuction.settle(Rational.of(inputs, "quantity"), reserve, bids(inputs, "id"));
        ObjectNode computed = JSON.objectNode();
        ArrayNode fills = computed.putArray("fills");
        auction.fills()
                .forEach(fill ->
                        fills.addObject().put("id", fill.bid().member()).set("qty", Rational.text(fill.quantity())));
        computed.set(
                "clearingPrice", auction.clearingPrice().map(Rational::number).orElse(JSON.nullNode()));
        computed.set("unsold", Rational.text(auction.unsold()));
        return computed.set("proceeds", Rational.text(auction.proceeds()));
    }

    private static List<Bid> bids(CaseFields inputs, String name) {
        return inputs.objects("bids").stream()
                .map(bid -> new Bid(bid.text(name), Rational.of(bid, "price"), Rational.of(bid, "qty")))
                .toList();
    }

    private static ObjectNode byThreshold(CaseFields inputs) {
        Juniorisation split = Juniorisation.byThreshold(
                Rational.map(inputs, "defaultFund"),
                Rational.map(inputs, "bestBid"),
                Rational.of(inputs, "clearingPrice"),
                Rational.of(inputs, "tolerance"));
        ObjectNode computed = JSON.objectNode();
        split.junior().keySet().forEach(computed.putArray("junior")::add);
        split.senior().keySet().forEach(computed.putArray("senior")::add);
        return absorbed(computed, split, inputs);
    }

    private static ObjectNode bySize(CaseFields inputs) {
        Map<String, BigFraction> fund = Rational.map(inputs, "defaultFund");
        CaseFields required = inputs.object("required");
        List<Bid> bids = bids(inputs, "member");
        Map<String, BigFraction> shares = new LinkedHashMap<>();
        fund.keySet()
                .forEach(member -> shares.put(
                        member,
                        Juniorisation.seniorShare(
                                Rational.of(required, member),
                                bids.stream()
                                        .filter(b -> b.member().equals(member))
                                        .toList(),
                                Rational.of(inputs, "clearingPrice"),
                                Rational.of(inputs, "tolerance"))));
        Juniorisation split = Juniorisation.bySize(fund, shares);
        ObjectNode computed = JSON.objectNode();
        computed.set("seniorShare", Rational.texts(shares));
        computed.set("junior", Rational.texts(split.junior()));
        computed.set("senior", Rational.texts(split.senior()));
        return absorbed(computed, split, inputs);
    }

    private static ObjectNode absorbed(ObjectNode computed, Juniorisation split, CaseFields inputs) {
        Absorption absorption = new Waterfall(split.layers()).absorb(Rational.of(inputs, "loss"));
        computed.set("used", Rational.texts(split.used(absorption)));
        return computed.set("residual", Rational.text(absorption.residual()));
    }
}
