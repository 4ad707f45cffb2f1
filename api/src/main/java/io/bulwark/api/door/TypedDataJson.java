package io.bulwark.api.door;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bulwark.clearing.attestation.WalletOpening;

/** Typed data as the JSON that {@code eth_signTypedData_v4} takes, in a domain of name, version and chain. */
public final class TypedDataJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private TypedDataJson() {}

    /** What is signed to lock a wallet file, and to open it. */
    public static String of(WalletOpening opening) {
        ObjectNode message = JSON.createObjectNode()
                .put("purpose", WalletOpening.PURPOSE)
                .put("house", "0x" + opening.house().hex())
                .put("bundleKey", "0x" + opening.bundleKey().hex());
        return of(WalletOpening.TYPE, WalletOpening.DOMAIN_NAME, WalletOpening.VERSION, opening.chainId(), message);
    }

    /** Types are read from the type of EIP-712, {@code Name(type field,…)}. */
    public static String of(String type, String domain, int version, long chainId, ObjectNode message) {
        ObjectNode data = JSON.createObjectNode();
        ObjectNode types = data.putObject("types");
        fields(types.putArray("EIP712Domain"), "string name,string version,uint256 chainId");
        int open = type.indexOf('(');
        String name = type.substring(0, open);
        fields(types.putArray(name), type.substring(open + 1, type.length() - 1));
        data.put("primaryType", name);
        data.putObject("domain")
                .put("name", domain)
                .put("version", Integer.toString(version))
                .put("chainId", chainId);
        data.set("message", message);
        return data.toPrettyString();
    }

    private static void fields(ArrayNode list, String declared) {
        for (String field : declared.split(",", -1)) {
            int space = field.indexOf(' ');
            list.addObject().put("name", field.substring(space + 1)).put("type", field.substring(0, space));
        }
    }
}
