/**
 * Names that are written alike in all three languages. Other makers' products and devices speak for `out-of-scope` where
 * nothing of Microsoft's is named; a name alone never decides.
 */
const LATIN = (names: string): string => `(?<![a-z])(?:${names})(?![a-z])`;

/** Other makers' software, services and devices. */
export const OTHER_MAKERS = LATIN(
  'kaspersky|norton|mcafee|symantec|trend ?micro|eset|avast|avg|sophos|crowdstrike|sentinelone|bitdefender|malwarebytes|mimecast|proofpoint|barracuda' +
    '|hikvision|dahua|bosch|honeywell|synology|qnap|epson|canon|xerox|ricoh|kyocera|lexmark|konica(?: minolta)?|brother|zebra|laserjet|officejet' +
    '|zoom(?= (?:meeting|call|app|client|room|account|link|won|does|doesn|is|says|keeps|crash|not|has|can|shows|webinar|recording|audio|video|host|password)|会议|で|の|が)|webex|slack|wecom|wechat|dingtalk|feishu|lark|line ?works|chatwork|whatsapp|telegram|discord|gotomeeting' +
    '|gmail|google|g ?suite|dropbox|box\\.com|evernote|notion|asana|trello|jira|confluence|atlassian|bitbucket|gitlab|basecamp|miro|figma|canva|airtable' +
    '|salesforce|hubspot|zendesk|freshdesk|servicenow|workday|sap|oracle|netsuite|quickbooks|xero|datev|odoo|shopify|magento|woocommerce|wordpress|mailchimp|docusign' +
    '|adobe|acrobat|photoshop|illustrator|lightroom|indesign|premiere|creative cloud|autocad|autodesk|solidworks|revit|sketchup|catia|matlab|tableau|spss' +
    '|vmware|citrix|proxmox|veeam|acronis|aws|amazon|gcp|alibaba|aliyun|tencent|digitalocean|cloudflare|okta|duo|lastpass|1password|bitwarden|dashlane' +
    '|teamviewer|anydesk|todesk|playstation|nintendo|netflix|spotify|youtube|tiktok|facebook|instagram|twitter|paypal|stripe|alipay|thunderbird|kindle|foxmail|wps|jetbrains|intellij|cctv|nvr' +
    '|lexware|myob|zoho|bamboohr|personio|gusto|paychex|infor|epicor|unit4|rockwell|siemens|keyence|omron|philips|sonos|alexa|siri|roku|chromecast|itunes|icloud|imessage|facetime|lotus notes|zimbra|roundcube|proton ?mail|fastmail|yahoo|gmx' +
    '|godaddy|namecheap|ionos|hetzner|ovh|bluehost|wix|squarespace|joomla|drupal|typo3|mysql|mariadb|postgres(?:ql)?|mongodb|jenkins|grafana|splunk|datadog|nagios|zabbix|prtg|solarwinds|smartsheet|clickup|wrike|todoist|intercom|pipedrive|sendgrid|mailgun|twilio' +
    '|ringcentral|8x8|avaya|mitel|3cx|tesla|fitbit|garmin|gopro|steam|epic games|roblox|uber|booking\\.com|airbnb|expedia|ebay|etsy|klarna|sumup|revolut|snapchat|pinterest|obs studio|vlc|audacity|davinci resolve|final cut|blender|libreoffice|openoffice|winrar|7-?zip' +
    '|firefox|safari|opera|chatgpt|gemini|deepseek|claude|kimi|smarthr|kintone|backlog|sansan|freee|paypay|suica|xserver|obic7?|kingoftime',
);

/** Network gear and lines of the customer's own. */
export const NETWORK_MAKERS = LATIN(
  'fortinet|fortigate|palo alto|sonicwall|check ?point|pfsense|sangfor|aruba|ubiquiti|unifi|meraki|ruckus|tp-?link|netgear|linksys|mikrotik|h3c|ruijie|juniper|cisco|catalyst|starlink|yamaha|buffalo|draytek|comcast|vodafone|nordvpn|expressvpn|openvpn|wireguard|globalprotect|anyconnect|pulse secure|zscaler|watchguard|f5 big-?ip|verizon|t-mobile|telekom|at&t|fritz!?box|ubnt|zyxel|d-?link',
);

/** Microsoft's own, named: what runs with it is not another maker's. */
export const OURS_NAMED = LATIN(
  'outlook|exchange|owa|teams|skype|lync|sharepoint|onedrive|office|excel|word|powerpoint|onenote|azure|entra|aad|microsoft|m365|o365|intune|power (?:bi|automate|apps)|planner|365',
);

/** Services of Microsoft 365 that are none of the named products. */
export const OTHER_SERVICES = LATIN(
  'intune|planner|to-?do|power ?(?:automate|bi|apps?|platform)|flows?|forms|bookings|stream|viva(?: engage)?|yammer|defender|purview|e-?discovery|dlp|retention polic(?:y|ies)|loop|whiteboard|sway|dynamics|copilot|windows 365|cloud pc|message cent(?:er|re)|service health|usage reports?|audit logs?|kaizala|autopilot|company portal|(?:microsoft 365|office 365|m365|o365) admin cent(?:er|re)|admin (?:portal|app|cent(?:er|re))',
);
