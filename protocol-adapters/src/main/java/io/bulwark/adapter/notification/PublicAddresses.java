package io.bulwark.adapter.notification;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Looks names up and gives none that is not reachable from everywhere: whoever names a webhook must not have the house ask its own
 * network. The client connects to what this gives and looks nothing up again, so that a name cannot change its meaning in between.
 */
record PublicAddresses(boolean privateToo) implements DnsResolver {
    private static final int BYTE = 0xff;

    /** A name that leads inside. */
    static final class PrivateAddress extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        PrivateAddress(String host) {
            super(host + " must lead to public addresses alone");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = SystemDefaultDnsResolver.INSTANCE.resolve(host);
        for (InetAddress address : found) {
            if (!privateToo && !isPublic(address)) {
                throw new PrivateAddress(host);
            }
        }
        return found;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
    }

    /** By the registries of special addresses of IANA (RFC 6890 and its successors). */
    static boolean isPublic(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        return switch (address) {
            case Inet4Address four -> isPublic(four.getAddress());
            case Inet6Address six -> isPublicSix(six.getAddress());
            default -> false;
        };
    }

    private static boolean isPublic(byte[] four) {
        int first = four[0] & BYTE;
        int second = four[1] & BYTE;
        int third = four[2] & BYTE;
        return switch (first) {
            case 0, 10, 127 -> false;
            case 100 -> second < 64 || second > 127;
            case 169 -> second != 254;
            case 172 -> second < 16 || second > 31;
            case 192 ->
                !(second == 168 || (second == 0 && (third == 0 || third == 2)) || (second == 88 && third == 99));
            case 198 -> !(second == 18 || second == 19 || (second == 51 && third == 100));
            case 203 -> !(second == 0 && third == 113);
            default -> first < 224;
        };
    }

    /** Global unicast alone, 2000::/3, without what stands for an address of the other kind, and without what is for documents. */
    private static boolean isPublicSix(byte[] six) {
        int first = ((six[0] & BYTE) << 8) | (six[1] & BYTE);
        int second = ((six[2] & BYTE) << 8) | (six[3] & BYTE);
        boolean global = first >= 0x2000 && first < 0x4000;
        boolean stands = first == 0x2002 || (first == 0x2001 && second < 0x0200);
        boolean documents = (first == 0x2001 && second == 0x0db8) || first == 0x3fff;
        return global && !stands && !documents;
    }
}
