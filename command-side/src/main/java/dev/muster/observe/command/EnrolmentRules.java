package dev.muster.observe.command;

import dev.muster.observe.DocumentRef;
import dev.muster.observe.IpAddresses;
import dev.muster.observe.ObserveRefusal;
import java.util.List;
import java.util.Map;

/** What addresses, keys, certificates and relations of an enrolled device must look like. */
final class EnrolmentRules {

    static final int PUBLIC_KEY_LENGTH_MAX = 16_384;
    static final int CERTIFICATE_LENGTH_MAX = 65_536;
    /** Documents of one kind that one device uses. */
    static final int DOCUMENTS_MAX = 1_000;

    /** What every PEM form of a private key has in its first line; such a thing must never enter history. */
    private static final String PRIVATE_KEY = "PRIVATE KEY-----";

    private EnrolmentRules() {}

    static void anAddress(String address) {
        if (!IpAddresses.normal(address).equals(address)) {
            throw ObserveRefusal.ADDRESS_INVALID.about("address", "The address is not in its normal form.");
        }
    }

    static void aPublicKey(String key) {
        if (key.length() > PUBLIC_KEY_LENGTH_MAX || isUnwritable(key)) {
            throw ObserveRefusal.PUBLIC_KEY_INVALID.about(
                    "publicKey", "The public key is too long, or has characters that cannot be written.");
        }
        if (isPrivate(key)) {
            throw ObserveRefusal.PUBLIC_KEY_INVALID.about(
                    "publicKey", "This is a private key; keep it, and make a new one.");
        }
    }

    /**
     * A certificate, authority or chain: any text, it is the signer's.
     *
     * @param member which of them
     */
    static String aCertificate(String member, String text) {
        if (text.length() > CERTIFICATE_LENGTH_MAX || isUnwritable(text)) {
            throw ObserveRefusal.CERTIFICATE_INVALID.about(
                    member,
                    "A certificate, authority or chain has up to " + CERTIFICATE_LENGTH_MAX + " writable characters.");
        }
        if (isPrivate(text)) {
            throw ObserveRefusal.CERTIFICATE_INVALID.about(
                    member, "There is a private key in it; it is not ours to know.");
        }
        return text;
    }

    static List<DocumentRef> someDocuments(List<DocumentRef> documents) {
        if (documents.size() > DOCUMENTS_MAX) {
            throw ObserveRefusal.TOO_MANY.because(
                    "A device uses at most " + DOCUMENTS_MAX + " documents of one kind.",
                    Map.of("limit", DOCUMENTS_MAX));
        }
        return documents;
    }

    static boolean isPrivate(String text) {
        return text.contains(PRIVATE_KEY);
    }

    /** U+0000 and halves of characters have no place in text that others read. */
    static boolean isUnwritable(String text) {
        return text.codePoints().anyMatch(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
