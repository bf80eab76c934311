// Owns the names of programs that are made to scan, crack, exploit, flood, spoof or mine. Decides nothing.

/** What each tool does, in words. */
const TOOLS: Readonly<Record<string, string>> = {
  scans:
    'masscan zmap zgrab zgrab2 rustscan unicornscan naabu nikto wpscan gobuster dirb dirbuster feroxbuster ffuf wfuzz nuclei whatweb amass subfinder sublist3r theHarvester recon-ng enum4linux nbtscan smbmap arp-scan netdiscover fierce dnsenum dnsrecon linpeas linpeas.sh linenum linenum.sh',
  'guesses passwords': 'hydra medusa ncrack patator crowbar brutespray kerbrute cewl crunch sprayhound thc-hydra',
  'cracks password hashes':
    'hashcat john johntheripper ophcrack aircrack-ng aireplay-ng airodump-ng airmon-ng fcrackzip pdfcrack rarcrack cowpatty reaver wifite unshadow chntpw',
  exploits:
    'sqlmap msfconsole msfvenom metasploit beef-xss commix xsser setoolkit routersploit crackmapexec netexec nxc responder impacket-secretsdump secretsdump.py mimikatz mimipenguin pypykatz lazagne laZagne.py bloodhound-python psexec psexec.py evil-winrm wmiexec.py smbexec.py ligolo chisel-server empire sliver-client sliver-server covenant',
  floods: 'hping3 slowloris slowhttptest goldeneye loic hoic t50 mdk3 mdk4',
  spoofs: 'ettercap bettercap arpspoof dnsspoof macchanger dsniff yersinia mitmf sslstrip',
  'mines coins': 'xmrig xmr-stak minerd cpuminer ethminer cgminer bfgminer t-rex nbminer',
};

export const ATTACK_TOOLS: readonly string[] = Object.values(TOOLS).flatMap((names) => names.split(' '));

const MEANING = new Map(
  Object.entries(TOOLS).flatMap(([does, names]) => names.split(' ').map((name) => [stem(name), does] as const)),
);

function stem(name: string): string {
  return name.toLowerCase().replace(/\.(py|sh|rb|pl|exe)$/, '');
}

/** What the tool of this name, or a script of it, does; undefined for every other name. */
export const attackOf = (name: string): string | undefined => MEANING.get(stem(name));
