//! Log files as CloudTrail delivers them, made up: the same bytes on every machine.
//!
//! The mix follows an account in daily use: most records are reads by roles and services, some are calls with large parameters or
//! answers, a few are denied, and very few are what a control watches. Every value that differs between real records differs here.

use std::fmt::Write;

/// The bytes that a log file reaches before it is closed.
const FILE: usize = 1 << 20;

/// Returns log files without end, each with its closing bracket.
pub(crate) fn log_files() -> impl Iterator<Item = String> {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    std::iter::repeat_with(move || {
        let mut file = String::with_capacity(FILE + 8192);
        file.push_str("{\"Records\":[");
        while file.len() < FILE {
            if file.ends_with('}') {
                file.push(',');
            }
            record(&mut file, &mut chance);
        }
        file.push_str("]}");
        file
    })
}

/// Numbers that look like chance; xorshift.
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(limit).unwrap()).unwrap()
    }

    fn pick<'one, T: ?Sized>(&mut self, from: &[&'one T]) -> &'one T {
        from[self.below(from.len())]
    }

    /// Tells whether one case in `many` is met.
    fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap()))
            .collect()
    }

    fn letters(&mut self, count: usize) -> String {
        const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        (0..count)
            .map(|_| char::from(LETTERS[self.below(LETTERS.len())]))
            .collect()
    }

    fn hexadecimal(&mut self, count: usize) -> String {
        (0..count)
            .map(|_| char::from_digit(u32::try_from(self.below(16)).unwrap(), 16).unwrap())
            .collect()
    }

    fn uuid(&mut self) -> String {
        let groups = [8, 4, 4, 4, 12].map(|count| self.hexadecimal(count));
        groups.join("-")
    }
}

/// A kind of call: how often of 100, its source, its name, whether it only reads, its parameters, its answer.
type Call = (
    usize,
    &'static str,
    &'static str,
    bool,
    fn(&mut Chance) -> String,
    fn(&mut Chance) -> String,
);

const CALLS: [Call; 16] = [
    (14, "sts", "AssumeRole", true, assume_role, credentials),
    (12, "kms", "Decrypt", true, encryption_context, null),
    (10, "ec2", "DescribeInstances", true, instance_set, null),
    (9, "s3", "GetBucketAcl", true, bucket, null),
    (8, "ssm", "UpdateInstanceInformation", false, agent, null),
    (8, "logs", "CreateLogStream", false, log_stream, null),
    (7, "ec2", "DescribeNetworkInterfaces", true, filters, null),
    (6, "kms", "GenerateDataKey", true, encryption_context, null),
    (6, "dynamodb", "DescribeTable", true, table, null),
    (5, "iam", "GetRole", true, role, null),
    (4, "ecr", "BatchGetImage", true, images, null),
    (4, "lambda", "GetFunction20150331v2", true, function, null),
    (3, "ec2", "RunInstances", false, run, started),
    (
        2,
        "autoscaling",
        "DescribeAutoScalingGroups",
        true,
        null,
        null,
    ),
    (1, "iam", "AttachRolePolicy", false, policy, null),
    (1, "ec2", "CreateSecurityGroup", false, group, group_made),
];

const REGIONS: [&str; 4] = ["us-east-1", "eu-central-1", "eu-west-1", "ap-southeast-2"];

const AGENTS: [&str; 5] = [
    "Boto3/1.34.162 md/Botocore#1.34.162 ua/2.0 os/linux#6.1.112-124.190.amzn2023.x86_64 md/arch#x86_64 lang/python#3.11.9 md/pyimpl#CPython cfg/retry-mode#standard Botocore/1.34.162",
    "APN/1.0 HashiCorp/1.0 Terraform/1.9.8 (+https://www.terraform.io) terraform-provider-aws/5.76.0 (+https://registry.terraform.io/providers/hashicorp/aws) aws-sdk-go-v2/1.32.4 os/linux lang/go#1.23.3",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
    "aws-sdk-java/2.29.9 Linux/5.10.228-219.884.amzn2.x86_64 OpenJDK_64-Bit_Server_VM/17.0.13+11-LTS Java/17.0.13 vendor/Amazon.com_Inc. exec-env/AWS_ECS_FARGATE io/sync http/Apache cfg/retry-mode/legacy",
    "[aws-cli/2.22.4 md/awscrt#0.22.0 ua/2.0 os/macos#24.1.0 md/arch#arm64 lang/python#3.12.6]",
];

fn record(out: &mut String, chance: &mut Chance) {
    let mut place = chance.below(100);
    let (_, source, name, reads, parameters, answer) = CALLS
        .into_iter()
        .find(|(share, ..)| {
            let found = place < *share;
            place = place.saturating_sub(*share);
            found
        })
        .unwrap();
    let region = chance.pick(&REGIONS);
    let time = format!(
        "2026-03-{:02}T{:02}:{:02}:{:02}Z",
        1 + chance.below(28),
        chance.below(24),
        chance.below(60),
        chance.below(60)
    );
    let by_service = chance.one_in(4);
    let identity = if by_service {
        format!(r#"{{"type":"AWSService","invokedBy":"{source}.amazonaws.com"}}"#)
    } else {
        identity(chance, &time)
    };
    let (address, agent) = if by_service {
        let service = format!("{source}.amazonaws.com");
        (service.clone(), service)
    } else {
        let address = format!(
            "10.{}.{}.{}",
            chance.below(256),
            chance.below(256),
            chance.below(256)
        );
        (address, chance.pick(&AGENTS).to_owned())
    };
    let fault = fault(chance, source, name);
    let answer = if fault.is_empty() {
        answer(chance)
    } else {
        null(chance)
    };
    write!(
        out,
        r#"{{"eventVersion":"1.11","userIdentity":{identity},"eventTime":"{time}","eventSource":"{source}.amazonaws.com","eventName":"{name}","awsRegion":"{region}","sourceIPAddress":"{address}","userAgent":"{agent}",{fault}"requestParameters":{},"responseElements":{answer},"requestID":"{}","eventID":"{}","readOnly":{reads},{}"eventType":"AwsApiCall","managementEvent":true,"recipientAccountId":"111122223333","eventCategory":"Management"{}}}"#,
        parameters(chance),
        chance.uuid(),
        chance.uuid(),
        resources(chance, source),
        transport(chance, by_service, source, region),
    )
    .unwrap();
}

/// Returns the members of a call that failed.
fn fault(chance: &mut Chance, source: &str, name: &str) -> String {
    if !chance.one_in(25) {
        return String::new();
    }
    if chance.one_in(2) {
        return r#""errorCode":"ThrottlingException","errorMessage":"Rate exceeded","#.to_owned();
    }
    format!(
        r#""errorCode":"AccessDenied","errorMessage":"User: arn:aws:sts::111122223333:assumed-role/deploy/{0} is not authorized to perform: {source}:{name} on resource: \"arn:aws:{source}:us-east-1:111122223333:*\" because no identity-based policy allows the {source}:{name} action","#,
        chance.hexadecimal(12),
    )
}

fn identity(chance: &mut Chance, time: &str) -> String {
    let key = format!("ASIA{}", chance.letters(16));
    if chance.one_in(6) {
        return format!(
            r#"{{"type":"IAMUser","principalId":"AIDA{}","arn":"arn:aws:iam::111122223333:user/alice","accountId":"111122223333","accessKeyId":"{key}","userName":"alice"}}"#,
            chance.letters(17),
        );
    }
    let role = chance.pick(&[
        "deploy",
        "eks-node-group",
        "backup-runner",
        "AWSReservedSSO_AdministratorAccess_5f0d3a",
    ]);
    let id = format!("AROA{}", chance.letters(17));
    let session = format!("i-0{}", chance.hexadecimal(16));
    let invoked = if chance.one_in(3) {
        r#","invokedBy":"AWS Internal""#
    } else {
        ""
    };
    format!(
        r#"{{"type":"AssumedRole","principalId":"{id}:{session}","arn":"arn:aws:sts::111122223333:assumed-role/{role}/{session}","accountId":"111122223333","accessKeyId":"{key}","sessionContext":{{"sessionIssuer":{{"type":"Role","principalId":"{id}","arn":"arn:aws:iam::111122223333:role/{role}","accountId":"111122223333","userName":"{role}"}},"attributes":{{"creationDate":"{time}","mfaAuthenticated":"false"}},"ec2RoleDelivery":"2.0"}}{invoked}}}"#
    )
}

fn resources(chance: &mut Chance, source: &str) -> String {
    match source {
        "kms" => format!(
            r#""resources":[{{"accountId":"111122223333","type":"AWS::KMS::Key","ARN":"arn:aws:kms:us-east-1:111122223333:key/{}"}}],"#,
            chance.uuid()
        ),
        "s3" | "sts" => format!(
            r#""resources":[{{"accountId":"111122223333","type":"AWS::IAM::Role","ARN":"arn:aws:iam::111122223333:role/role-{}"}}],"#,
            chance.hexadecimal(8)
        ),
        _ => String::new(),
    }
}

fn transport(chance: &mut Chance, by_service: bool, source: &str, region: &str) -> String {
    if by_service {
        return format!(r#","sharedEventID":"{}""#, chance.uuid());
    }
    format!(
        r#","tlsDetails":{{"tlsVersion":"TLSv1.3","cipherSuite":"TLS_AES_128_GCM_SHA256","clientProvidedHostHeader":"{source}.{region}.amazonaws.com"}}"#
    )
}

fn null(_: &mut Chance) -> String {
    "null".to_owned()
}

fn assume_role(chance: &mut Chance) -> String {
    format!(
        r#"{{"roleArn":"arn:aws:iam::111122223333:role/role-{}","roleSessionName":"session-{}","durationSeconds":3600,"externalId":"{}"}}"#,
        chance.hexadecimal(8),
        chance.digits(10),
        chance.uuid()
    )
}

fn credentials(chance: &mut Chance) -> String {
    let id = chance.letters(17);
    format!(
        r#"{{"credentials":{{"accessKeyId":"ASIA{}","sessionToken":"IQoJb3JpZ2luX2VjE{}","expiration":"Mar 4, 2026, 6:11:22 PM"}},"assumedRoleUser":{{"assumedRoleId":"AROA{id}:session","arn":"arn:aws:sts::111122223333:assumed-role/deploy/session"}}}}"#,
        chance.letters(16),
        chance.letters(340)
    )
}

fn encryption_context(chance: &mut Chance) -> String {
    format!(
        r#"{{"encryptionContext":{{"aws:s3:arn":"arn:aws:s3:::data-{}","SecretARN":"arn:aws:secretsmanager:us-east-1:111122223333:secret:app-{}"}},"encryptionAlgorithm":"SYMMETRIC_DEFAULT","keyId":"{}"}}"#,
        chance.hexadecimal(10),
        chance.letters(6),
        chance.uuid()
    )
}

fn instance_set(chance: &mut Chance) -> String {
    let items: Vec<String> = (0..=chance.below(8))
        .map(|_| format!(r#"{{"instanceId":"i-0{}"}}"#, chance.hexadecimal(16)))
        .collect();
    format!(
        r#"{{"maxResults":1000,"instancesSet":{{"items":[{}]}},"filterSet":{{}}}}"#,
        items.join(",")
    )
}

fn bucket(chance: &mut Chance) -> String {
    let name = format!("data-{}", chance.hexadecimal(10));
    format!(
        r#"{{"bucketName":"{name}","Host":"{name}.s3.us-east-1.amazonaws.com","acl":""}},"additionalEventData":{{"SignatureVersion":"SigV4","CipherSuite":"TLS_AES_128_GCM_SHA256","bytesTransferredIn":0,"AuthenticationMethod":"AuthHeader","x-amz-id-2":"{}=","bytesTransferredOut":{}}}"#,
        chance.letters(75),
        chance.below(5000)
    )
}

fn agent(chance: &mut Chance) -> String {
    format!(
        r#"{{"instanceId":"i-0{}","agentVersion":"3.3.1345.0","agentStatus":"Active","platformType":"Linux","platformName":"Amazon Linux","platformVersion":"2023","iPAddress":"10.0.{}.{}","computerName":"ip-10-0-1-1.ec2.internal","agentName":"amazon-ssm-agent","availabilityZone":"us-east-1a","availabilityZoneId":"use1-az4"}}"#,
        chance.hexadecimal(16),
        chance.below(256),
        chance.below(256)
    )
}

fn log_stream(chance: &mut Chance) -> String {
    format!(
        r#"{{"logGroupName":"/aws/lambda/orders-{}","logStreamName":"2026/03/04/[$LATEST]{}"}}"#,
        chance.below(40),
        chance.hexadecimal(32)
    )
}

fn filters(chance: &mut Chance) -> String {
    format!(
        r#"{{"networkInterfaceIdSet":{{}},"filterSet":{{"items":[{{"name":"tag:kubernetes.io/cluster/main","valueSet":{{"items":[{{"value":"owned"}}]}}}},{{"name":"vpc-id","valueSet":{{"items":[{{"value":"vpc-0{}"}}]}}}}]}}}}"#,
        chance.hexadecimal(16)
    )
}

fn table(chance: &mut Chance) -> String {
    format!(r#"{{"tableName":"orders-{}"}}"#, chance.below(400))
}

fn role(chance: &mut Chance) -> String {
    format!(r#"{{"roleName":"role-{}"}}"#, chance.hexadecimal(8))
}

fn images(chance: &mut Chance) -> String {
    format!(
        r#"{{"acceptedMediaTypes":["application/vnd.docker.distribution.manifest.v2+json","application/vnd.oci.image.manifest.v1+json"],"repositoryName":"app","imageIds":[{{"imageTag":"{}"}}],"registryId":"111122223333"}}"#,
        chance.hexadecimal(40)
    )
}

fn function(chance: &mut Chance) -> String {
    format!(
        r#"{{"functionName":"arn:aws:lambda:us-east-1:111122223333:function:orders-{}"}}"#,
        chance.below(40)
    )
}

fn run(chance: &mut Chance) -> String {
    format!(
        r#"{{"instancesSet":{{"items":[{{"imageId":"ami-0{}","minCount":1,"maxCount":1,"keyName":"main"}}]}},"groupSet":{{"items":[{{"groupId":"sg-0{}"}}]}},"userData":"<sensitiveDataRemoved>","instanceType":"m6i.large","blockDeviceMapping":{{"items":[{{"deviceName":"/dev/xvda","ebs":{{"volumeSize":50,"deleteOnTermination":true,"volumeType":"gp3","iops":3000}}}}]}},"monitoring":{{"enabled":false}},"disableApiTermination":false,"clientToken":"{}"}}"#,
        chance.hexadecimal(16),
        chance.hexadecimal(16),
        chance.uuid()
    )
}

fn started(chance: &mut Chance) -> String {
    format!(
        r#"{{"requestId":"{}","reservationId":"r-0{2}","ownerId":"111122223333","groupSet":{{}},"instancesSet":{{"items":[{{"instanceId":"i-0{1}","imageId":"ami-0{1}","instanceState":{{"code":0,"name":"pending"}},"privateDnsName":"ip-10-0-1-7.ec2.internal","amiLaunchIndex":0,"productCodes":{{}},"instanceType":"m6i.large","launchTime":1772618400000,"placement":{{"availabilityZone":"us-east-1a","tenancy":"default"}},"monitoring":{{"state":"disabled"}},"subnetId":"subnet-0{2}","vpcId":"vpc-0{1}","privateIpAddress":"10.0.1.7","stateReason":{{"code":"pending","message":"pending"}},"architecture":"x86_64","rootDeviceType":"ebs","rootDeviceName":"/dev/xvda","blockDeviceMapping":{{}},"virtualizationType":"hvm","hypervisor":"xen","ebsOptimized":false,"cpuOptions":{{"coreCount":1,"threadsPerCore":2}}}}]}}}}"#,
        chance.uuid(),
        chance.hexadecimal(16),
        chance.hexadecimal(16)
    )
}

fn policy(chance: &mut Chance) -> String {
    format!(
        r#"{{"roleName":"role-{}","policyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}}"#,
        chance.hexadecimal(8)
    )
}

fn group(chance: &mut Chance) -> String {
    format!(
        r#"{{"groupName":"web-{}","groupDescription":"Allows \"web\" traffic\nfrom anywhere","vpcId":"vpc-0{}"}}"#,
        chance.hexadecimal(6),
        chance.hexadecimal(16)
    )
}

fn group_made(chance: &mut Chance) -> String {
    format!(
        r#"{{"requestId":"{}","_return":true,"groupId":"sg-0{}"}}"#,
        chance.uuid(),
        chance.hexadecimal(16)
    )
}
