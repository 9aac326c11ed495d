package dev.muster.updates.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** A small but valid SWUpdate bundle, made in memory: a description and one image of noise. */
public final class DemoBundle {

    private static final int IMAGE_SIZE = 96 << 10;

    private DemoBundle() {}

    /**
     * Answers the bytes of a .swu for the simulated fleet's main board.
     *
     * @param version letters, digits, dots and dashes only, as it stands in the description unescaped
     */
    public static byte[] of(String version, String description) {
        byte[] image = new byte[IMAGE_SIZE];
        new SplittableRandom(version.hashCode()).nextBytes(image);
        String text = """
                software =
                {
                	version = "%s";
                	description = "%s";
                	%s = {
                		hardware-compatibility: [ "1.0", "1.1", "2.0" ];
                		images: (
                			{
                				filename = "rootfs.img";
                				device = "/dev/mmcblk0p2";
                				type = "raw";
                				sha256 = "%s";
                			}
                		);
                	};
                }
                """.formatted(version, description, DeviceProfile.MAIN_BOARD, sha256(image));
        return new CpioWriter()
                .file("sw-description", text.getBytes(StandardCharsets.UTF_8))
                .file("rootfs.img", image)
                .finish();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
