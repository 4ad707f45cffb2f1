package io.bulwark.house.founding;

import io.bulwark.adapter.ReadBudget;
import io.bulwark.adapter.VenueAdapter;
import io.bulwark.adapter.aave.AaveAdapter;
import io.bulwark.adapter.aave.AaveConfiguration;
import io.bulwark.adapter.binance.BinanceAdapter;
import io.bulwark.adapter.binance.BinanceConfiguration;
import io.bulwark.adapter.bybit.BybitAdapter;
import io.bulwark.adapter.bybit.BybitConfiguration;
import io.bulwark.adapter.deribit.DeribitAdapter;
import io.bulwark.adapter.deribit.DeribitConfiguration;
import io.bulwark.adapter.derive.DeriveAdapter;
import io.bulwark.adapter.derive.DeriveConfiguration;
import io.bulwark.adapter.drift.DriftAdapter;
import io.bulwark.adapter.drift.DriftConfiguration;
import io.bulwark.adapter.dydx.DydxAdapter;
import io.bulwark.adapter.dydx.DydxConfiguration;
import io.bulwark.adapter.evm.EvmNode;
import io.bulwark.adapter.exchange.KeyRing;
import io.bulwark.adapter.exchange.ReadingKey;
import io.bulwark.adapter.feed.FeedAdapter;
import io.bulwark.adapter.feed.FeedConfiguration;
import io.bulwark.adapter.hyperliquid.HyperliquidAdapter;
import io.bulwark.adapter.hyperliquid.HyperliquidConfiguration;
import io.bulwark.adapter.lyra.LyraAdapter;
import io.bulwark.adapter.lyra.LyraConfiguration;
import io.bulwark.adapter.morpho.MorphoAdapter;
import io.bulwark.adapter.morpho.MorphoConfiguration;
import io.bulwark.adapter.okx.OkxAdapter;
import io.bulwark.adapter.okx.OkxConfiguration;
import io.bulwark.adapter.paradex.ParadexAdapter;
import io.bulwark.adapter.paradex.ParadexConfiguration;
import io.bulwark.adapter.perp.PerpAdapter;
import io.bulwark.adapter.perp.PerpConfiguration;
import io.bulwark.adapter.uniswap.UniswapAdapter;
import io.bulwark.adapter.uniswap.UniswapConfiguration;
import io.bulwark.adapter.wallet.WalletAdapter;
import io.bulwark.adapter.wallet.WalletConfiguration;
import io.bulwark.clearing.money.Amount;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the house knows of a venue before it reads a byte: contracts, currencies, settlement. It decides what the bytes mean, so it
 * is part of the founding file and sealed with it. Where the venue answers, and with which key, is not: that changes no number.
 */
public sealed interface VenueConnection {
    /** A node's: a batch of the adapters' largest size each second. */
    ReadBudget NODE = ReadBudget.perSecond(EvmNode.ITEMS_MAX);

    /** The venue's permanent number. */
    int venue();

    /**
     * The venue's adapter.
     *
     * @param endpoint where the venue answers
     * @param keys the keys that may read its accounts
     * @param budget how often it may be asked
     */
    default VenueAdapter open(URI endpoint, KeyRing keys, ReadBudget budget) {
        return switch (this) {
            case Aave aave -> new AaveAdapter(aave.configuration(budget), endpoint);
            case Deribit deribit -> new DeribitAdapter(deribit.configuration(keys, budget), endpoint);
            case Hyperliquid hyperliquid ->
                new HyperliquidAdapter(
                        new HyperliquidConfiguration(hyperliquid.venue(), hyperliquid.settlement(), budget), endpoint);
            case Morpho morpho -> new MorphoAdapter(morpho.configuration(budget), endpoint);
            case Uniswap uniswap -> new UniswapAdapter(uniswap.configuration(budget), endpoint);
            case Feed feed -> new FeedAdapter(feed.configuration(budget), endpoint);
            case Wallet wallet -> new WalletAdapter(wallet.configuration(budget), endpoint);
            case Lyra lyra -> new LyraAdapter(lyra.configuration(budget), endpoint);
            case Perp perp -> new PerpAdapter(perp.configuration(budget), endpoint);
            case Dydx dydx -> new DydxAdapter(new DydxConfiguration(dydx.venue(), dydx.settlement(), budget), endpoint);
            case Okx okx -> new OkxAdapter(okx.configuration(keys, budget), endpoint);
            case Drift drift -> new DriftAdapter(drift.configuration(budget), endpoint);
            case Paradex paradex -> new ParadexAdapter(paradex.configuration(keys, budget), endpoint);
            case Binance binance -> new BinanceAdapter(binance.configuration(keys, budget), endpoint);
            case Derive derive -> new DeriveAdapter(derive.configuration(keys, budget), endpoint);
            case Bybit bybit -> new BybitAdapter(bybit.configuration(keys, budget), endpoint);
        };
    }

    /** How often the venue may be asked where nobody says otherwise: an exchange as it documents, less a third; a node as public ones allow. */
    default ReadBudget budget() {
        return switch (this) {
            case Aave ignored -> NODE;
            case Morpho ignored -> NODE;
            case Uniswap ignored -> NODE;
            case Feed ignored -> NODE;
            case Wallet ignored -> NODE;
            case Lyra ignored -> NODE;
            case Perp ignored -> NODE;
            case Deribit ignored -> ReadBudget.perSecond(10);
            case Hyperliquid ignored -> ReadBudget.perMinute(800);
            case Dydx ignored -> ReadBudget.perSecond(7);
            case Okx ignored -> OkxConfiguration.documentedBudget();
            case Drift ignored -> DriftConfiguration.documentedBudget();
            case Paradex ignored -> ParadexConfiguration.documentedBudget();
            case Binance ignored -> BinanceConfiguration.documentedBudget();
            case Derive ignored -> DeriveConfiguration.documentedBudget();
            case Bybit ignored -> BybitConfiguration.documentedBudget();
        };
    }

    /**
     * An Aave V3 market.
     *
     * @param chainId the chain that the node must serve
     * @param pool the pool's address
     * @param oracle the price oracle's address
     * @param reserves the house's name of each reserve's asset, by the reserve's address
     * @param proofs whether balances are read with storage proofs
     */
    record Aave(int venue, long chainId, String pool, String oracle, SortedMap<String, String> reserves, boolean proofs)
            implements VenueConnection {
        /** Copies the reserves. */
        public Aave {
            reserves = Collections.unmodifiableSortedMap(new TreeMap<>(reserves));
        }

        private AaveConfiguration configuration(ReadBudget budget) {
            return new AaveConfiguration(venue, chainId, pool, oracle, reserves, proofs, budget);
        }
    }

    /**
     * A Morpho Blue contract.
     *
     * @param chainId the chain that the node must serve
     * @param morpho the contract's address
     * @param markets what the house knows of each market that it reads, by market id
     * @param proofs whether positions are read with storage proofs
     */
    record Morpho(
            int venue,
            long chainId,
            String morpho,
            SortedMap<String, MorphoConfiguration.Market> markets,
            boolean proofs)
            implements VenueConnection {
        /** Copies the markets. */
        public Morpho {
            markets = Collections.unmodifiableSortedMap(new TreeMap<>(markets));
        }

        private MorphoConfiguration configuration(ReadBudget budget) {
            return new MorphoConfiguration(venue, chainId, morpho, markets, proofs, budget);
        }
    }

    /**
     * Liquidity in pools of a Uniswap v3 deployment.
     *
     * @param chainId the chain that the node must serve
     * @param manager the position manager's address
     * @param pools what the house knows of each pool of which it reads positions, by the pool's address
     * @param proofs whether positions are read with storage proofs
     */
    record Uniswap(
            int venue, long chainId, String manager, SortedMap<String, UniswapConfiguration.Pool> pools, boolean proofs)
            implements VenueConnection {
        /** Copies the pools. */
        public Uniswap {
            pools = Collections.unmodifiableSortedMap(new TreeMap<>(pools));
        }

        private UniswapConfiguration configuration(ReadBudget budget) {
            return new UniswapConfiguration(venue, chainId, manager, pools, proofs, budget);
        }
    }

    /**
     * Tokens that addresses themselves hold on a chain.
     *
     * @param chainId the chain that the node must serve
     * @param tokens what the house knows of each token that it reads, by the token's address
     * @param contents what a share holds, by the share's address
     * @param proofs whether balances are read with storage proofs
     */
    record Wallet(
            int venue,
            long chainId,
            SortedMap<String, WalletConfiguration.Token> tokens,
            SortedMap<String, WalletConfiguration.Content> contents,
            boolean proofs)
            implements VenueConnection {
        /** Copies the maps. */
        public Wallet {
            tokens = Collections.unmodifiableSortedMap(new TreeMap<>(tokens));
            contents = Collections.unmodifiableSortedMap(new TreeMap<>(contents));
        }

        private WalletConfiguration configuration(ReadBudget budget) {
            return new WalletConfiguration(venue, chainId, tokens, contents, proofs, budget);
        }
    }

    /**
     * Prices that a chain itself holds.
     *
     * @param chainId the chain that the node must serve
     * @param rounds feeds of an oracle network, by their proxies' addresses
     * @param averages pools whose average price is read, by their addresses
     */
    record Feed(
            int venue,
            long chainId,
            SortedMap<String, FeedConfiguration.Round> rounds,
            SortedMap<String, FeedConfiguration.Average> averages)
            implements VenueConnection {
        /** Copies the maps. */
        public Feed {
            rounds = Collections.unmodifiableSortedMap(new TreeMap<>(rounds));
            averages = Collections.unmodifiableSortedMap(new TreeMap<>(averages));
        }

        private FeedConfiguration configuration(ReadBudget budget) {
            return new FeedConfiguration(venue, chainId, rounds, averages, budget);
        }
    }

    /**
     * Deribit.
     *
     * @param currencies the currencies whose options are read for prices
     */
    record Deribit(int venue, List<String> currencies) implements VenueConnection {
        /** Copies the currencies. */
        public Deribit {
            currencies = List.copyOf(currencies);
        }

        /** One client sees every subaccount. */
        private DeribitConfiguration configuration(KeyRing keys, ReadBudget budget) {
            ReadingKey client = keys.common()
                    .orElseThrow(() -> new IllegalArgumentException("keys must hold a common one; have " + keys));
            return new DeribitConfiguration(venue, currencies, client.id(), client.secret(), budget);
        }
    }

    /**
     * Hyperliquid.
     *
     * @param settlement the house's name of the asset in which it settles
     */
    record Hyperliquid(int venue, String settlement) implements VenueConnection {}

    /**
     * A dYdX v4 indexer.
     *
     * @param settlement the house's name of the asset in which it settles
     */
    record Dydx(int venue, String settlement) implements VenueConnection {}

    /**
     * OKX.
     *
     * @param indices the venue's index of a risk group, by the group's name
     * @param swaps families whose perpetuals' marks are read
     * @param options families whose options' volatilities and marks are read
     */
    record Okx(int venue, SortedMap<String, String> indices, List<String> swaps, List<String> options)
            implements VenueConnection {
        /** Copies the names. */
        public Okx {
            indices = Collections.unmodifiableSortedMap(new TreeMap<>(indices));
            swaps = List.copyOf(swaps);
            options = List.copyOf(options);
        }

        private OkxConfiguration configuration(KeyRing keys, ReadBudget budget) {
            return new OkxConfiguration(venue, indices, swaps, options, keys, budget);
        }
    }

    /**
     * Bybit.
     *
     * @param settlements the coins in which linear contracts settle that are asked for
     * @param linear linear contracts whose index and mark are read; the first of a risk group gives its index
     * @param inverse inverse contracts whose mark is read
     * @param options coins whose options' volatilities and marks are read
     */
    record Bybit(int venue, List<String> settlements, List<String> linear, List<String> inverse, List<String> options)
            implements VenueConnection {
        /** Copies the names. */
        public Bybit {
            settlements = List.copyOf(settlements);
            linear = List.copyOf(linear);
            inverse = List.copyOf(inverse);
            options = List.copyOf(options);
        }

        private BybitConfiguration configuration(KeyRing keys, ReadBudget budget) {
            return new BybitConfiguration(venue, settlements, linear, inverse, options, keys, budget);
        }
    }

    /**
     * Derive.
     *
     * @param schema 2 or 3
     * @param settlement the house's name of the asset in which it settles
     * @param perpetuals coins whose perpetuals are read for prices
     * @param options coins and expiries whose options are read for prices
     */
    record Derive(int venue, int schema, String settlement, List<String> perpetuals, List<String> options)
            implements VenueConnection {
        /** Copies the names. */
        public Derive {
            perpetuals = List.copyOf(perpetuals);
            options = List.copyOf(options);
        }

        private DeriveConfiguration configuration(KeyRing keys, ReadBudget budget) {
            return new DeriveConfiguration(venue, schema, settlement, perpetuals, options, keys, budget);
        }
    }

    /**
     * Binance portfolio margin.
     *
     * @param linear USD-margined perpetuals whose index and mark are read; the first of a risk group gives its index
     * @param inverse the USD of one contract of each coin-margined perpetual that may be held and whose mark is read
     */
    record Binance(int venue, List<String> linear, SortedMap<String, Amount> inverse) implements VenueConnection {
        /** Copies the names. */
        public Binance {
            linear = List.copyOf(linear);
            inverse = Collections.unmodifiableSortedMap(new TreeMap<>(inverse));
        }

        private BinanceConfiguration configuration(KeyRing keys, ReadBudget budget) {
            return new BinanceConfiguration(venue, linear, inverse, keys, budget);
        }
    }

    /**
     * Paradex.
     *
     * @param settlement the house's name of the asset in which it settles
     * @param markets perpetuals whose prices are read; the first of a risk group gives its index
     */
    record Paradex(int venue, String settlement, List<String> markets) implements VenueConnection {
        /** Copies the names. */
        public Paradex {
            markets = List.copyOf(markets);
        }

        private ParadexConfiguration configuration(KeyRing keys, ReadBudget budget) {
            return new ParadexConfiguration(venue, settlement, markets, keys, budget);
        }
    }

    /**
     * Drift v2, by a node of Solana.
     *
     * @param settlement the house's name of the asset in which perpetuals settle
     * @param spot spot markets in which an account may hold or owe something, by index
     * @param perpetuals perpetual markets in which an account may have a position, by index
     */
    record Drift(
            int venue,
            String settlement,
            SortedMap<Integer, DriftConfiguration.Spot> spot,
            SortedMap<Integer, DriftConfiguration.Perpetual> perpetuals)
            implements VenueConnection {
        /** Copies the markets. */
        public Drift {
            spot = Collections.unmodifiableSortedMap(new TreeMap<>(spot));
            perpetuals = Collections.unmodifiableSortedMap(new TreeMap<>(perpetuals));
        }

        private DriftConfiguration configuration(ReadBudget budget) {
            return new DriftConfiguration(venue, settlement, spot, perpetuals, budget);
        }
    }

    /**
     * A Lyra options market.
     *
     * @param chainId the chain that the node must serve
     * @param contracts its contracts
     * @param quote the house's name of the asset in which premiums are paid
     * @param base the house's name of the asset on which the options are
     * @param group the risk group that follows its spot price
     * @param proofs whether positions are read with storage proofs
     */
    record Lyra(
            int venue,
            long chainId,
            LyraConfiguration.Contracts contracts,
            String quote,
            String base,
            String group,
            boolean proofs)
            implements VenueConnection {
        private LyraConfiguration configuration(ReadBudget budget) {
            return new LyraConfiguration(venue, chainId, contracts, quote, base, group, proofs, budget);
        }
    }

    /**
     * A Perp v2 exchange.
     *
     * @param chainId the chain that the node must serve
     * @param contracts its contracts
     * @param markets the symbol under which each market is listed, by the address of its virtual base token
     * @param tokens the house's name of each token that may lie in the vault, by its address
     */
    record Perp(
            int venue,
            long chainId,
            PerpConfiguration.Contracts contracts,
            SortedMap<String, String> markets,
            SortedMap<String, String> tokens)
            implements VenueConnection {
        /** Copies the maps. */
        public Perp {
            markets = Collections.unmodifiableSortedMap(new TreeMap<>(markets));
            tokens = Collections.unmodifiableSortedMap(new TreeMap<>(tokens));
        }

        private PerpConfiguration configuration(ReadBudget budget) {
            return new PerpConfiguration(venue, chainId, contracts, markets, tokens, budget);
        }
    }
}
