package dev.muster.observe;

/** How a certificate request stands. */
public enum CertificateStatus {
    PENDING,
    SIGNED,
    DENIED
}
