package io.bulwark.adapter.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.adapter.notification.Courier.Carried;
import io.bulwark.adapter.notification.Courier.MailServer;
import io.bulwark.adapter.notification.Courier.Notice;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.util.Date;
import java.util.Properties;

/** A mail by SMTP. Where TLS is asked for, nothing is said without it, and the server's certificate must be of its name. */
final class Mail {
    private static final String PATIENCE_MILLIS = "10000";

    private Mail() {}

    static Carried send(MailServer server, String address, Notice notice) {
        Session session = Session.getInstance(properties(server));
        try (Transport transport = session.getTransport("smtp")) {
            MimeMessage message = new Identified(session, notice.id());
            message.setFrom(new InternetAddress(server.from(), true));
            message.setRecipient(Message.RecipientType.TO, new InternetAddress(address, true));
            // No word of a member's name may begin another header.
            message.setSubject(notice.subject().replaceAll("\\p{Cntrl}", " "), UTF_8.name());
            message.setText(notice.text(), UTF_8.name());
            message.setSentDate(Date.from(notice.at()));
            message.setHeader("Auto-Submitted", "auto-generated");
            message.saveChanges();
            if (server.login().isPresent()) {
                transport.connect(
                        server.login().get().user(), server.login().get().password());
            } else {
                transport.connect();
            }
            transport.sendMessage(message, message.getAllRecipients());
            return new Carried.Arrived("handed to " + server.host());
        } catch (SendFailedException e) {
            return e.getInvalidAddresses() != null && e.getInvalidAddresses().length > 0
                    ? new Carried.Refused("the mail server takes nothing for this address")
                    : new Carried.Failed(e.getClass().getSimpleName());
        } catch (MessagingException e) {
            // What a server says may quote what it was told: its words stay here.
            return new Carried.Failed(e.getClass().getSimpleName());
        }
    }

    private static Properties properties(MailServer server) {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", server.host());
        properties.setProperty("mail.smtp.port", Integer.toString(server.port()));
        properties.setProperty("mail.smtp.auth", Boolean.toString(server.login().isPresent()));
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(server.startTls()));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(server.startTls()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.setProperty("mail.smtp.localhost", "bulwark");
        for (String step : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
            properties.setProperty("mail.smtp." + step, PATIENCE_MILLIS);
        }
        return properties;
    }

    /** A mail that has the same id at every attempt, so that who has it twice sees that it is one. */
    private static final class Identified extends MimeMessage {
        private final String id;

        Identified(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + id + "@bulwark.invalid>");
        }
    }
}
