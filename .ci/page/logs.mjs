// Writes log files of CloudTrail with noise and with hostile words in every property that the page shows.
import { mkdirSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { join } from 'node:path';

const [, , folder] = process.argv;
const hostile = [
  '<script>window.broken=1</script>', '"><img src=x onerror="window.broken=1">', "' onmouseover='window.broken=1",
  '</style><style>*{display:none}</style>', '\u202eevil\u2066', 'a\u0000b\u0007\u001b[31m', '&lt;b&gt;', 'javascript:window.broken=1',
  'x'.repeat(5000), '\u05d0\u05d1\u05d2 \u0627\u0644', '{{7*7}}', '<!--', ']]>', 'http://127.0.0.1:9/x.png',
];
const start = Date.parse('2026-09-01T00:00:00Z');
const records = [];
let number = 0;
const add = (minute, name, source, arn, address, errorCode, type = 'AssumedRole') => {
  number += 1;
  records.push({
    eventVersion: '1.11', eventTime: new Date(start + minute * 60000).toISOString().replace('.000', ''), eventID: `id-${number}`,
    eventName: name, eventSource: source, awsRegion: 'eu-central-1', sourceIPAddress: address, errorCode,
    userIdentity: { type, arn, accountId: '111122223333' },
  });
};
for (let hour = 0; hour < 24 * 45; hour += 1) {
  add(hour * 60, 'GetBucketAcl', 's3.amazonaws.com', `arn:aws:sts::111122223333:assumed-role/scanner/i-${hour}`, '192.0.2.7', 'AccessDenied');
}
for (let minute = 0; minute < 120; minute += 1) {
  add(20000 + minute, 'ListSecrets', 'secretsmanager.amazonaws.com', 'arn:aws:iam::111122223333:user/mallory', '203.0.113.9', 'AccessDenied', 'IAMUser');
}
hostile.forEach((words, index) => {
  add(30000 + index * 700, words, words, words, words, `AccessDenied${words}`, 'IAMUser');
  add(31000 + index * 700, 'StopLogging', 'cloudtrail.amazonaws.com', words, words, undefined, 'IAMUser');
});
add(10, 'ConsoleLogin', 'signin.amazonaws.com', 'arn:aws:iam::111122223333:root', '203.0.113.1', undefined, 'Root');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'a.json.gz'), gzipSync(JSON.stringify({ Records: records })));
writeFileSync(join(folder, '<img src=x onerror=window.broken=1>.json'), '{"no":"log"}');
