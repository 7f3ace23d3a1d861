/**
 * TLS of the JDK for the control plane: enrolment, feed, peers. TLS 1.3 only, never a resumed session.
 * <p><b>In:</b> the SVID held now and a trust manager. <b>Out:</b> an {@link javax.net.ssl.SSLContext} with parameters, and the
 * channel binding of a finished handshake. <b>Start reading at</b> {@link io.tombolo.trustbundle.tls.JdkTls}.
 * <p><b>May use:</b> {@code model}, {@code trustbundle.svid}, {@code trustbundle.verify}, {@code javax.net.ssl}. <b>May not
 * use:</b> Netty. <b>Threads:</b> any.
 */
@NullMarked
package io.tombolo.trustbundle.tls;

import org.jspecify.annotations.NullMarked;
